import { z } from 'zod';
import type { EffectBody } from '../effect.js';
import { defineNode, type Family, type NodeType, type Outcome } from '../node-type.js';

/**
 * Node types for tests of the engine itself, so that those do not depend on what real ones do:
 * `start`, `gate` (a filter by a part of the text), `fork` (left for «left», else right), `does` (any outcome), `reply` (a reply),
 * `throws`, `rests` (of the waiting family).
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
    defineNode({ ...base('rests', 'wait'), settings: z.strictObject({}), compile: () => () => ({ go: 'next' }) }),
    defineNode({ ...base('ends', 'end', []), settings: z.strictObject({}), compile: () => () => ({ drop: true, text: 'enough' }) }),
  ].map((nodeType): [string, NodeType] => [nodeType.type, nodeType as NodeType]),
);

function base(type: string, family: Family, ports: readonly string[] = ['next']) {
  const title = { ru: type, en: type };
  return { type, family, icon: 'IconBox', title, description: title, ports, portLabels: {}, summary: () => title, examples: [] };
}
