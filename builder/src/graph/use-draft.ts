import { useEffect, useState } from 'react';
import { draft, savedDraft } from '../../../api/rule-sets.js';
import { api, ApiProblem } from '../api-client.js';
import { useLive } from '../live.js';
import { DraftSaver, isSameJson, type SaveAnswer, type SaveState } from './draft-saver.js';
import type { GraphStore } from './graph-store.js';
import type { Finding } from '../../../rules/index.js';

export interface DraftSaving {
  saver: DraftSaver;
  state: SaveState;
  /** Why the server refused the draft. */
  refusal: string | undefined;
  /** What the server found at the last save; the browser does not know all that it does. */
  problems: readonly Finding[];
}

/** Saves the store's graph as the draft of a rule set, and watches for drafts that others save. */
export function useDraft(ruleSetId: string, store: GraphStore, revision: number): DraftSaving {
  const [state, setState] = useState<{ state: SaveState; refusal?: string }>({ state: 'saved' });
  const [problems, setProblems] = useState<readonly Finding[]>([]);
  const [saver] = useState(
    () =>
      new DraftSaver(
        {
          put: (graph, known) => putDraft(ruleSetId, graph, known),
          read: () => readDraft(ruleSetId),
          later: (milliseconds, run) => {
            const timer = window.setTimeout(run, milliseconds);
            return () => window.clearTimeout(timer);
          },
          onState: (next, refusal) => setState({ state: next, refusal }),
          onProblems: setProblems,
        },
        revision,
      ),
  );

  useEffect(() => {
    const unsubscribe = store.subscribe((now, before) => {
      const { past, present, future } = now.history;
      const isFresh = past.length === 0 && future.length === 0;
      if (present !== before.history.present && !isFresh && !now.readOnly) saver.change(present);
    });
    const onOnline = () => void saver.flush();
    const onLeave = (event: BeforeUnloadEvent) => {
      if (saver.state !== 'saved') event.preventDefault();
    };
    window.addEventListener('online', onOnline);
    window.addEventListener('beforeunload', onLeave);
    return () => {
      unsubscribe();
      window.removeEventListener('online', onOnline);
      window.removeEventListener('beforeunload', onLeave);
      // Leaving for another page of the app: what was typed last goes out at once.
      void saver.flush().finally(() => saver.stop());
    };
  }, [store, saver]);

  useLive(['rule-set'], (change) => {
    if (change.id !== undefined && change.id !== ruleSetId) return;
    void readDraft(ruleSetId).then((theirs) => {
      if (!theirs || theirs.revision <= saver.revision || saver.state === 'saving' || saver.state === 'conflict') return;
      if (isSameJson(theirs.graph, store.getState().history.present)) saver.restart(theirs.revision);
      else saver.block();
    });
  });

  return { saver, state: state.state, refusal: state.refusal, problems };
}

async function putDraft(id: string, graph: unknown, revision: number): Promise<SaveAnswer> {
  try {
    const saved = await api.put(`/api/rule-sets/${id}/draft`, savedDraft, { graph, revision });
    return { kind: 'saved', revision: saved.revision, problems: saved.problems };
  } catch (problem) {
    if (!(problem instanceof ApiProblem)) return { kind: 'uncertain' };
    if (problem.status === 409) return { kind: 'conflict' };
    if (problem.status === 0) return { kind: 'uncertain' };
    if (problem.status >= 500 || problem.status === 429) return { kind: 'unavailable' };
    return { kind: 'refused', text: [problem.title, problem.detail].filter(Boolean).join('. ') };
  }
}

async function readDraft(id: string) {
  try {
    return await api.get(`/api/rule-sets/${id}/draft`, draft);
  } catch {
    return undefined;
  }
}
