import { useCallback, useEffect, useState } from 'react';
import { draft, savedDraft } from '../../../../api/rule-sets.js';
import { mergeGraphs, type Choices, type Finding, type RuleGraph } from '../../../../rules/index.js';
import { api, ApiProblem } from '../../api-client.js';
import { useLive } from '../../live.js';
import { DraftSaver, isSameJson, type SaveAnswer, type SaveState } from './draft-saver.js';
import type { GraphStore } from '../graph-store.js';
import { toGraph } from '../to-graph.js';

/** The draft as somebody else saved it. */
export interface TheirDraft {
  graph: RuleGraph;
  revision: number;
  /** Who saved it last; null for a program or somebody who is gone. */
  by: string | null;
}

export interface DraftSaving {
  saver: DraftSaver;
  state: SaveState;
  /** Why the server refused the draft. */
  refusal: string | undefined;
  /** What the server found at the last save; the browser does not know all that it does. */
  problems: readonly Finding[];
  /** The other's draft while both changed the same and somebody has to choose; undefined in a conflict whose other side could not be read yet. */
  theirs: TheirDraft | undefined;
  /** Whose changes came in by themselves last, and how often that happened. */
  joined: { by: string | null; times: number } | undefined;
  /** Joins this draft with theirs by the choices made. False while a place is left that nobody chose. */
  join: (choices: Choices) => boolean;
  /** Takes their draft as it is; what is not saved here is given up. */
  takeTheirs: () => void;
  /** Reads the other's draft again. */
  retry: () => void;
}

/**
 * Saves the store's graph as the draft of a rule set. When others save the same draft, their changes come in: at once where they do not touch what was changed
 * here, else as soon as somebody has chosen.
 * @param saved the draft as it was read
 */
export function useDraft(ruleSetId: string, store: GraphStore, saved: { graph: RuleGraph; revision: number }): DraftSaving {
  const [state, setState] = useState<{ state: SaveState; refusal?: string }>({ state: 'saved' });
  const [problems, setProblems] = useState<readonly Finding[]>([]);
  const [theirs, setTheirs] = useState<TheirDraft>();
  const [joined, setJoined] = useState<DraftSaving['joined']>();
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
        saved,
      ),
  );

  /** Whether the draft of the other could be joined, by the choices where both changed the same. */
  const joinWith = useCallback(
    (other: TheirDraft, choices?: Choices): boolean => {
      const { base } = saver;
      const { graph, clashes } = mergeGraphs(base, store.getState().history.present, other.graph, choices);
      if (clashes.some(({ chosen }) => chosen === undefined)) return false;
      saver.restart(other, graph);
      store.getState().rebase(graph, (snapshot) => mergeGraphs(base, snapshot, other.graph, 'theirs').graph);
      // The store tells of the change too: what is theirs alone needs no saving.
      if (isSameJson(graph, other.graph)) saver.restart(other);
      setTheirs(undefined);
      setJoined((before) => ({ by: other.by, times: (before?.times ?? 0) + 1 }));
      return true;
    },
    [saver, store],
  );

  const meet = useCallback(async () => {
    const read = await readDraft(ruleSetId);
    const graph = read && toGraph(read.graph);
    if (!read || !graph || read.revision <= saver.revision || saver.state === 'saving') return;
    const other = { graph, revision: read.revision, by: read.updatedBy };
    if (isSameJson(graph, store.getState().history.present)) {
      setTheirs(undefined);
      return saver.restart(other);
    }
    if (joinWith(other)) return;
    setTheirs(other);
    if (saver.state !== 'conflict') saver.block();
  }, [ruleSetId, saver, store, joinWith]);
  useEffect(() => saver.onStale(() => void meet()), [saver, meet]);

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
    if (change.id === undefined || change.id === ruleSetId) void meet();
  });

  return {
    saver,
    state: state.state,
    refusal: state.refusal,
    problems,
    theirs,
    joined,
    join: (choices) => theirs !== undefined && joinWith(theirs, choices),
    takeTheirs: () => {
      if (!theirs) return;
      saver.restart(theirs);
      store.getState().load(theirs.graph, store.getState().readOnly);
      setTheirs(undefined);
    },
    retry: () => void meet(),
  };
}

async function putDraft(id: string, graph: unknown, revision: number): Promise<SaveAnswer> {
  try {
    const answer = await api.put(`/api/rule-sets/${id}/draft`, savedDraft, { graph, revision });
    return { kind: 'saved', revision: answer.revision, problems: answer.problems };
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
