import { z } from 'zod';
import type { EffectBody } from '../effect.js';
import { defineNode, type Family, type NodeType, type Outcome } from '../node-type.js';

/**
 * Node types for tests of the engine itself, so that those do not depend on what real ones do:
 * `start`, `gate` (a filter by a part of the text), `fork` (left for «left», else right), `does` (any outcome), `reply` (a reply),
 * `throws`, `rests` (of the waiting family, and waits for nothing), `waits` (some time), `listens` (for a reply), `asks-out` (a call), `says` (what it
 * sees, as a note), `later` (a promise), `calls`, `silence` and `clock` (triggers), `holds`, `counts`, `least` (what they need of the memory).
 */
export const smallNodeTypes: ReadonlyMap<string, NodeType> = new Map(
  [
    defineNode({
      ...base('start', 'trigger'),
      settings: z.strictObject({ type: z.string().default('message-received') }),
      accepts: (settings) => (event) => event.type === settings.type,
    }),
    defineNode({
      ...base('gate', 'filter', ['pass', 'filtered']),
      settings: z.strictObject({ stops: z.string().default('spam') }),
      compile: (settings) => (moment) => ({ go: moment.event.message?.text?.includes(settings.stops) ? 'filtered' : 'pass' }),
    }),
    defineNode({
      ...base('fork', 'choice', ['left', 'right']),
      expectedPorts: ['left'],
      settings: z.strictObject({}),
      compile: () => (moment) => ({ go: moment.event.message?.text === 'left' ? 'left' : 'right' }),
    }),
    defineNode({
      ...base('does', 'action'),
      settings: z.strictObject({ outcome: z.unknown(), ports: z.array(z.string()).optional() }),
      compile: (settings) => () => settings.outcome as Outcome,
    }),
    defineNode({
      ...base('reply', 'action'),
      answers: () => true,
      settings: z.strictObject({ text: z.string().default('hello'), min: z.number().min(2).default(2) }),
      compile: (settings) => () => ({ go: 'next', effects: [{ type: 'send-message', text: settings.text } satisfies EffectBody] }),
    }),
    defineNode({
      ...base('throws', 'action'),
      settings: z.strictObject({}),
      compile: () => () => {
        throw new Error('broken on purpose');
      },
    }),
    defineNode({
      ...base('turns', 'action'),
      settings: z.strictObject({}),
      compile:
        (_, { nodeId, ruleSet }) =>
        ({ memory }) => ({
          go: 'next',
          tookTurn: true,
          effects: [{ type: 'add-note', text: String(memory.turns[`${ruleSet}/${nodeId}`] ?? 0) }],
        }),
    }),
    defineNode({
      ...base('task', 'action'),
      settings: z.strictObject({}),
      compile:
        () =>
        ({ memory, event }) => ({
          go: 'next',
          effects: memory.openTask ? [] : [{ type: 'create-task', text: 'x', due: event.at, mode: 'one-per-deal', to: 'responsible' }],
        }),
    }),
    defineNode({
      ...base('opens', 'action'),
      settings: z.strictObject({}),
      compile:
        () =>
        ({ memory, event }) => {
          const known = memory.deal ?? (event.deal && { open: event.deal.open ?? true });
          return { go: 'next', effects: known?.open ? [] : [{ type: 'open-deal' }] };
        },
    }),
    defineNode({
      ...base('waits', 'wait'),
      settings: z.strictObject({ ms: z.number().default(60_000), asks: z.string().optional(), once: z.boolean().default(false) }),
      compile:
        ({ ms, asks, once }) =>
        ({ now }) => ({
          wait: { due: now + ms, ...(once && { unlessPending: { key: 'pending' } }) },
          effects: asks === undefined ? [] : [{ type: 'send-message', text: asks }],
        }),
      compileWake: () => () => ({ go: 'next' }),
    }),
    defineNode({
      ...base('listens', 'wait', ['reply', 'timeout']),
      settings: z.strictObject({ hears: z.string().default(''), again: z.string().optional() }),
      compile:
        () =>
        ({ now }) => ({ wait: { due: now + 3_600_000, for: 'reply' } }),
      compileWake:
        ({ hears, again }) =>
        (wake, { event }) => {
          if (wake.by === 'time') return { go: 'timeout' };
          const text = event.message?.text ?? '';
          if (text.includes(hears)) return { go: 'reply', set: { heard: text } };
          return { ignored: true, effects: again === undefined ? [] : [{ type: 'send-message', text: again }] };
        },
    }),
    defineNode({
      ...base('asks-out', 'wait', ['ok', 'error']),
      settings: z.strictObject({}),
      compile:
        () =>
        ({ now }) => ({
          wait: { due: now + 10_000, for: 'answer' },
          effects: [{ type: 'call-http', method: 'GET', url: 'https://example.com' }],
        }),
      compileWake: () => (wake) => ({ go: wake.by === 'answer' && wake.status === 200 ? 'ok' : 'error', set: { answer: wake } }),
    }),
    defineNode({
      ...base('says', 'action'),
      settings: z.strictObject({}),
      compile:
        () =>
        ({ event, variables, now }) => ({
          go: 'next',
          effects: [{ type: 'add-note', text: JSON.stringify([event.id, event.message?.text ?? null, now, variables]) }],
        }),
    }),
    defineNode({
      ...base('later', 'action'),
      settings: z.strictObject({}),
      compile: () => (moment) => Promise.resolve({ go: 'next', set: { later: moment.event.id } }),
    }),
    defineNode({
      ...base('calls', 'action', ['next', 'dropped']),
      settings: z.strictObject({ ruleSet: z.string() }),
      calls: ({ ruleSet }) => ruleSet,
      compile:
        ({ ruleSet }) =>
        () => ({ call: ruleSet }),
    }),
    defineNode({
      ...base('silence', 'trigger'),
      settings: z.strictObject({ from: z.enum(['operator', 'client']).default('operator'), ms: z.number().default(300_000) }),
      silence: ({ from, ms }) => ({ from, after: ms }),
    }),
    defineNode({
      ...base('clock', 'trigger'),
      settings: z.strictObject({ every: z.number().default(3_600_000) }),
      schedule:
        ({ every }) =>
        (last) =>
          (Math.floor(last / every) + 1) * every,
    }),
    defineNode({
      ...base('holds', 'filter', ['pass', 'filtered']),
      settings: z.strictObject({ release: z.enum(['reply', 'never']).default('reply') }),
      needs: () => [{ kind: 'outbound' }],
      compile:
        ({ release }) =>
        ({ event, memory }) =>
          event.type === 'message-sent' && !memory.outbound?.answered ? { go: 'filtered', holds: release } : { go: 'pass' },
    }),
    defineNode({
      ...base('counts', 'choice', ['under', 'over']),
      settings: z.strictObject({ by: z.enum(['contact', 'conversation', 'channel']).default('contact') }),
      needs: ({ by }) => [{ kind: 'counter', by }],
      compile:
        (_, { nodeId, ruleSet }) =>
        ({ memory, now }) => {
          const before = memory.counters?.[`${ruleSet}/${nodeId}`] ?? [];
          return before.length < 2 ? { go: 'under', counted: [...before, now] } : { go: 'over' };
        },
    }),
    defineNode({
      ...base('least', 'action'),
      settings: z.strictObject({ users: z.array(z.string()) }),
      needs: ({ users }) => [{ kind: 'loads', users }],
      compile:
        ({ users }) =>
        ({ memory }) => {
          const [user = ''] = [...users].sort((a, b) => (memory.loads?.[a] ?? 0) - (memory.loads?.[b] ?? 0));
          return { go: 'next', effects: [{ type: 'assign-responsible', user }] };
        },
    }),
    defineNode({ ...base('rests', 'wait'), settings: z.strictObject({}), compile: () => () => ({ go: 'next' }) }),
    defineNode({ ...base('ends', 'end', []), settings: z.strictObject({}), compile: () => () => ({ drop: true, text: 'enough' }) }),
  ].map((nodeType): [string, NodeType] => [nodeType.type, nodeType as NodeType]),
);

function base(type: string, family: Family, ports: readonly string[] = ['next']) {
  const title = { ru: type, en: type };
  return { type, family, icon: 'IconBox', title, description: title, ports, portLabels: {}, summary: () => title, examples: [] };
}
