import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { compile, evaluate, type Memory, nodeTypes, readGraph, type RuleEvent } from '../rules/index.js';
import { Ingest } from '../server/messaging/ingest.js';
import { startApp, type TestApp, type TestCaller } from './support/app.js';

/*
 * P14 of the promises: two of our own bots, joined, and one of ours against an echo that never tires. Each conversation gets at most five automatic replies
 * in ten minutes and twenty in a day, people are told, and the run says why nothing was answered.
 */
const graph = {
  format: 1,
  name: 'Приём',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'hello', type: 'reply', settings: { text: 'Принято: %TEXT%' } },
  ],
  edges: [{ from: 'in.next', to: 'hello' }],
};

let app: TestApp;
let owner: TestCaller;
const channels: string[] = [];

beforeAll(async () => {
  // Of the role `web`: the test takes the messages in, so that its clock is the only one.
  app = await startApp({ env: { ROLE: 'web' } });
  owner = await app.signIn('owner');
  for (const name of ['Первый', 'Второй']) {
    const settings = { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`, deliverUrl: 'http://127.0.0.1:9/' };
    const channel = await owner.request<{ id: string }>('POST', '/api/channels', { kind: 'webhook', name, settings });
    channels.push(channel.body.id);
  }
  const ruleSet = await owner.request<{ id: string }>('POST', '/api/rule-sets', { name: 'Приём', graph });
  expect((await owner.request('POST', `/api/rule-sets/${ruleSet.body.id}/publish`, {})).status).toBeLessThan(300);
});
afterAll(() => app.close());

const start = Date.now();

/** These messages come in one request each, one after the other; they are worked off before it returns. */
async function hear(channel: string, thread: string, messages: readonly { text: string; at: number }[]): Promise<void> {
  const bodies = messages.map(({ text, at }) => ({
    type: 'message.received',
    timestamp: new Date(at).toISOString(),
    data: {
      message: { id: randomUUID(), conversationId: thread, sentAt: new Date(at).toISOString(), kind: 'text', text },
      sender: { id: `client-${thread}` },
    },
  }));
  await app.database.query(
    `INSERT INTO webhook_requests (id, account_id, channel_id, body, received_at)
     SELECT id, $1, $2, convert_to(body, 'UTF8'), at FROM unnest($3::text[], $4::timestamptz[], $5::uuid[]) WITH ORDINALITY AS given (body, at, id, place) ORDER BY place`,
    [
      owner.accountId,
      channel,
      bodies.map((body) => JSON.stringify(body)),
      messages.map(({ at }) => new Date(at).toISOString()),
      messages.map(() => uuid()),
    ],
  );
  while ((await app.app.get(Ingest).drain(owner.accountId, channel, false)).more);
}

const repliesIn = (channel: string, thread: string) =>
  app.database.query<{ text: string; at: Date }>(
    `SELECT m.text, m.at FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE c.channel_id = $1 AND c.thread_key = $2 AND m.origin = 'rules' ORDER BY m.id`,
    [channel, thread],
  );

const notices = () => app.database.query<{ user_id: string; text: string }>(`SELECT user_id, text FROM notifications ORDER BY created_at`);

function mostWithin(replies: readonly { at: Date }[], ms: number): number {
  const instants = replies.map(({ at }) => at.getTime());
  return Math.max(...instants.map((end) => instants.filter((at) => at > end - ms && at <= end).length));
}

it('ends the talk of two of our bots, and tells people of it', async () => {
  let heard = [0, 0];
  let texts = ['Здравствуйте'];
  let turns = 0;
  for (let side = 0; texts.length > 0; side = 1 - side) {
    turns += 1;
    expect(turns).toBeLessThan(20);
    await hear(
      channels[side]!,
      'joined',
      texts.map((text) => ({ text, at: start + turns * 1_000 })),
    );
    const replies = await repliesIn(channels[side]!, 'joined');
    texts = replies.slice(heard[side]).map(({ text }) => text);
    heard = heard.map((count, place) => (place === side ? replies.length : count));
  }
  expect(Math.max(...heard)).toBe(5);
  expect(await notices()).toEqual([{ user_id: owner.id, text: expect.stringContaining('похоже, клиенту отвечает робот') }]);
});

it('gives an echo of 10,000 turns five answers in ten minutes and twenty in a day', async () => {
  const [channel] = channels as [string];
  const everyMs = 2_000;
  let last = 'Здравствуйте';
  for (let turn = 0; turn < 10_000;) {
    // One by one while it is answered, so that it echoes the last answer; then in heaps.
    const answered = (await repliesIn(channel, 'echo')).length;
    const heap = turn < 40 ? 1 : 498;
    await hear(
      channel,
      'echo',
      Array.from({ length: heap }, (_, i) => ({ text: last, at: start + (turn + i) * everyMs })),
    );
    turn += heap;
    const replies = await repliesIn(channel, 'echo');
    if (replies.length > answered) last = replies.at(-1)!.text;
  }
  const replies = await repliesIn(channel, 'echo');
  expect(replies.length).toBeGreaterThan(5);
  expect(replies.length).toBeLessThanOrEqual(20);
  expect(mostWithin(replies, 600_000)).toBe(5);
  const [stored] = await app.database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE c.thread_key = 'echo' AND m.direction = 'in'`,
  );
  expect(stored?.n).toBe(10_000);
  // One notice a pause, not one a message.
  expect((await notices()).length).toBeLessThanOrEqual(1 + 4);
}, 300_000);

it('says in the run why nothing was answered, and decides the same from what it stored', async () => {
  const [run] = await app.database.query<{ event: RuleEvent; memory: Memory; trace: unknown }>(
    `SELECT event, memory, trace FROM runs WHERE trace @> '[{"held": "loop"}]' ORDER BY id LIMIT 1`,
  );
  if (!run) throw new Error('no run was held back');
  expect(run.trace).toContainEqual(expect.objectContaining({ node: 'hello', port: 'next', held: 'loop' }));
  const decision = await evaluate(compile(readGraph(graph, nodeTypes).graph!, nodeTypes), run.event, run.memory);
  expect(JSON.parse(JSON.stringify(decision.trace))).toEqual(run.trace);
  expect(decision.effects).toEqual([]);
});

it('answers a person who writes twelve new messages in a minute', async () => {
  const [channel] = channels as [string];
  const messages = Array.from({ length: 12 }, (_, i) => ({ text: `Вопрос ${i}`, at: start + i * 5_000 }));
  for (const message of messages) await hear(channel, 'quick', [message]);
  expect((await repliesIn(channel, 'quick')).map(({ text }) => text)).toEqual(messages.map(({ text }) => `Принято: ${text}`));
  await hear(channel, 'at-once', messages);
  expect(await repliesIn(channel, 'at-once')).toHaveLength(12);
});
