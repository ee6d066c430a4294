import { useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { readEvent, type GraphTest, type RuleEvent } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { emptyDirectory } from '../form/widget.js';
import { textOf } from '../form/read-value.js';
import { chatOfRun } from './chat-of-run.js';
import { readRecordedRun, type RecordedRun } from './read-recorded-run.js';
import { firstChoices, type TryChoices } from './try-choices.js';
import type { Trying } from './try-it.js';

/** The chat of the page, and the recorded run that its address names. */
export interface TryingPage {
  trying: Trying;
  setTrying: (trying: Trying) => void;
  /** Takes the events of a test into the chat. */
  takeTest: (test: GraphTest) => void;
  /** The recorded run that is to become a test. */
  toTest: RecordedRun | undefined;
  closeTest: () => void;
  /** Why the run of the address cannot be shown. */
  problem: Error | undefined;
}

/**
 * Keeps the chat while panels change. `?try=RUN&message=MESSAGE` begins it with a recorded run, `?test=…` asks for a test of one.
 * @param onTake is told that the chat was filled with a test, so that it can be shown
 */
export function useTrying(directory: Directory | undefined, onTake: () => void): TryingPage {
  const { t } = useTranslation('graph');
  const [query, setQuery] = useSearchParams();
  const [kept, setKept] = useState<Trying>();
  const [start] = useState(() => new Date().toISOString());
  const runId = query.get('try') ?? query.get('test');
  const message = query.get('message');
  const isTest = query.get('test') !== null;
  const { data, error } = useQuery({
    queryKey: ['recorded-run', message, runId],
    queryFn: async () => (message && runId ? ((await readRecordedRun(message, runId)) ?? null) : null),
    enabled: runId !== null && message !== null,
    staleTime: Infinity,
  });
  const recorded = useMemo(() => (data && directory && !isTest ? tryingOf(data, directory, t) : undefined), [data, directory, isTest, t]);
  const trying = kept ??
    recorded ?? { chat: { start, moves: [] }, choices: firstChoices(directory ?? emptyDirectory, t('try.sampleName')) };

  const closeTest = () =>
    setQuery(
      (old) => {
        const next = new URLSearchParams(old);
        for (const name of ['test', 'message']) next.delete(name);
        return next;
      },
      { replace: true },
    );

  const takeTest = (test: GraphTest) => {
    const events = test.events.flatMap((json, index) => {
      const read = readEvent(json, { position: index + 1, previousAt: textOf(test.events[index - 1]?.['at']) || undefined });
      return read.ok ? [read.event] : [];
    });
    const [first] = events;
    const person = events.find(({ contact }) => contact);
    setKept({
      chat: { start: first?.at ?? start, moves: events.map((event) => ({ kind: 'recorded', event })) },
      choices: person ? choicesOf(person, directory ?? emptyDirectory) : trying.choices,
    });
    onTake();
  };

  return {
    trying,
    setTrying: setKept,
    takeTest,
    toTest: isTest && data ? data : undefined,
    closeTest,
    problem: error ?? (data === null && runId !== null && message !== null ? new Error(t('recorded.missing')) : undefined),
  };
}

/** The chat that a recorded run begins. */
function tryingOf(
  { run, event }: RecordedRun,
  directory: Directory,
  t: (key: string, values?: Record<string, unknown>) => string,
): Trying | undefined {
  const chat = chatOfRun(run);
  if (!chat) return undefined;
  const wasHeld = run.trace.some(({ held }) => held === 'late' || held === 'loop');
  const note = [t('recorded.note', { version: run.version }), wasHeld && t('recorded.held')].filter(Boolean).join(' ');
  return { chat, choices: choicesOf(event, directory), note };
}

/** Who and where of an event, so that the chat can go on as the same person. */
function choicesOf({ contact, channel, chat, message }: RuleEvent, directory: Directory): TryChoices {
  const known = directory.channels.find(({ id }) => id === channel?.id);
  const { id = '', name = '', username = '', phone = '', bot = false, blocked, ...fields } = contact ?? {};
  return {
    contact: {
      id,
      name,
      username,
      phone,
      bot,
      blocked: blocked === true,
      fields: Object.entries(fields).flatMap(([field, value]) => (typeof value === 'string' ? [{ name: field, value }] : [])),
    },
    channel: known ? `channel:${known.id}` : `kind:${channel?.kind ?? 'telegram'}`,
    place: chat?.type === 'group' ? 'group' : chat?.type === 'comments' || channel?.surface === 'comments' ? 'comments' : 'direct',
    group: chat?.title ?? chat?.name ?? '',
    post: message?.post?.url ?? message?.post?.id ?? '',
    clock: 'now',
  };
}
