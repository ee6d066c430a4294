import { toRunLine, type RuleEvent, type RuleGraph } from '../../../../rules/index.js';
import type { Run } from '../../../../api/messages.js';
import { chatOfRun } from './chat-of-run.js';
import { playChat } from './chat.js';
import { findPersonal } from './find-personal.js';
import { playTests } from './play-tests.js';
import { testOfRun } from './test-of-run.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Опрос',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'ask', type: 'wait-reply', settings: { timeout: 'PT1H' } },
    { id: 'thanks', type: 'reply', settings: { text: 'Спасибо, %NAME%' } },
  ],
  edges: [
    { from: 'in.next', to: 'ask' },
    { from: 'ask.reply', to: 'thanks' },
  ],
};
const rules = { graph, others: [] };
const says = (id: string, text: string, at: string): RuleEvent => ({
  type: 'message-received',
  id,
  at: `2026-03-02T${at}:00Z`,
  contact: { id: '787132', name: 'Василий Петров', phone: '79161234567' },
  message: { id, kind: 'text', text, origin: 'client' },
  conversation: { id: '019abc', number: 1, status: 'open' },
});
const [first, second] = [says('a', 'привет', '09:00'), says('b', 'мой номер 89161234567', '09:05')] as const;

/** Runs as the server stores them. */
async function recorded(): Promise<Pick<Run, 'trace' | 'event' | 'memory'>[]> {
  const play = await playChat(rules, { start: first.at, moves: [first, second].map((event) => ({ kind: 'recorded', event })) });
  return (play?.turns ?? []).map(({ played: { event, memory, decision } }) => ({
    event: { ...event },
    memory: { ...memory },
    trace: decision.trace.map(({ node, port }) => ({ node, port })),
  }));
}

it('opens a recorded run with everything as it was: the answer goes to the step that waited', async () => {
  const [, run] = await recorded();
  const chat = run && chatOfRun(run);
  if (!chat) throw new Error('nothing was recorded');
  const play = await playChat(rules, chat);
  expect(play?.turns.map(({ played }) => toRunLine(played).trace)).toEqual([
    [
      ['ask', 'reply'],
      ['thanks', 'next'],
    ],
  ]);
  expect(chatOfRun({ event: { type: 'nonsense' }, memory: {} })).toBeUndefined();
});

it('makes a test of it that passes, with nobody in it', async () => {
  const [, run] = await recorded();
  if (!run) throw new Error('nothing was recorded');
  const events = [first, second];
  const made = await testOfRun({ run, events, personal: findPersonal(events), name: 'номер' }, rules, rules);
  expect(made).toMatchObject({ isSamePath: true, isSameNow: true });
  expect(made?.test.expect).toEqual([{}, { status: 'passed', effects: [{ type: 'send-message', text: 'Спасибо, Анна Белова' }] }]);
  expect(JSON.stringify(made?.test)).not.toMatch(/Васил|Петров|9161234567|787132|019abc/);
  const played = await playTests({ graph: { ...graph, tests: made ? [made.test] : [] }, others: [] });
  expect(played?.results[0]?.differences).toEqual([]);
});

it('says when the path is another one without the messages before, and when the draft does something else', async () => {
  const [, run] = await recorded();
  if (!run) throw new Error('nothing was recorded');
  const alone = await testOfRun({ run, events: [second], personal: [], name: 'один' }, rules, rules);
  expect(alone?.isSamePath).toBe(false);
  const nodes = graph.nodes.map((node) => (node.id === 'thanks' ? { ...node, settings: { text: 'Приняли' } } : node));
  const changed = await testOfRun({ run, events: [first, second], personal: [], name: 'иначе' }, rules, {
    graph: { ...graph, nodes },
    others: [],
  });
  expect(changed).toMatchObject({ isSamePath: true, isSameNow: false });
});
