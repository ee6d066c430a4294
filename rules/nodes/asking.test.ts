import { jest } from '@jest/globals';
import { compile } from '../compile.js';
import { decide, type RunOfVersion } from '../decide.js';
import { describeStep } from '../describe.js';
import { OutOfTime } from '../expressions/out-of-time.js';
import { emptyMemory } from '../memory.js';
import { readEvent } from '../read-event.js';
import { readGraph } from '../read-graph.js';
import { replay } from '../replay.js';
import { toRunLine, type RunLine } from '../run-line.js';
import { createSession } from '../session.js';
import { buildGraph, type NodeWords } from '../testing/graph-builder.js';
import { nodeTypes } from './index.js';

/** Plays events through a graph of real node types; expressions may make the lines come later. */
async function play(nodes: Record<string, NodeWords>, wires: string[], events: Record<string, unknown>[]): Promise<RunLine[]> {
  const graph = buildGraph(nodes, wires, { timezone: 'Europe/Moscow' });
  const { findings } = readGraph(graph, nodeTypes);
  expect(findings).toEqual([]);
  const session = createSession([compile(graph, nodeTypes)]);
  const lines: RunLine[] = [];
  for (const [index, json] of events.entries()) {
    const read = readEvent(json, { position: index + 1 });
    if (!read.ok) throw new Error(read.problem.en);
    lines.push(...(await session.play(read.event)).map(toRunLine));
  }
  return lines;
}

const at = (minutes: number) => new Date(Date.parse('2026-03-02T09:00:00Z') + minutes * 60_000).toISOString();
const says = (text: string, minutes: number) => ({
  type: 'message-received',
  at: at(minutes),
  message: { text },
  contact: { id: 'anna', name: 'Анна "А" & Ко' },
  conversation: { id: 'c1' },
});
const way = ({ trace }: RunLine) => trace.map(([node, port]) => `${node}.${port}`).join(' ');
const texts = (lines: RunLine[]) => lines.flatMap(({ effects }) => effects.flatMap((effect) => ('text' in effect ? [effect.text] : [])));

describe('a score', () => {
  const asks: Record<string, NodeWords> = {
    in: ['on-message'],
    ask: ['ask-score', { question: 'Оценка?', again: 'Одно число', thanks: { promoter: 'Спасибо' } }],
    low: ['add-tags', { tags: 'недоволен' }],
    closed: ['on-score-requested'],
  };
  const wires = ['in.next > ask', 'closed.next > ask', 'ask.detractor > low'];
  const request = (minutes: number) => ({ ...says('', minutes), type: 'score-requested', message: undefined });

  it('is recorded with its thanks, and the port of its meaning is left by', async () => {
    const lines = await play(
      asks,
      ['closed.next > ask', 'ask.detractor > low'],
      [request(0), says('ставлю 10!', 1), request(5), says('три... нет, 3', 6)],
    );
    expect(lines.map(way)).toEqual(['closed.next ask.wait', 'ask.promoter', 'closed.next ask.wait', 'ask.detractor low.next']);
    expect(lines[1]?.effects).toEqual([
      { type: 'record-score', score: 10, scale: '0-10', bucket: 'promoter', node: 'ask' },
      { type: 'send-message', text: 'Спасибо', node: 'ask' },
    ]);
  });

  it('is asked for again once, and a pending one is not asked for twice', async () => {
    const lines = await play(asks, wires, [request(0), says('не знаю', 1), says('9 или 10', 2), request(3), says('9', 4)]);
    expect(texts(lines)).toEqual(['Оценка?', 'Одно число', 'Спасибо']);
    expect(lines.at(-1)?.effects).toContainEqual(expect.objectContaining({ type: 'record-score', score: 9 }));
  });
});

describe('a call', () => {
  const nodes: Record<string, NodeWords> = {
    in: ['on-message'],
    ask: ['http', { method: 'POST', url: 'https://example.org/?q=%TEXT%', body: '{"name": "%NAME%"}' }],
    many: ['if', { when: { field: 'vars.ask.body.orders', op: 'gt', value: 1 } }],
    yes: ['add-note', { text: 'много' }],
    failed: ['if', { when: 'vars.ask.error = "timeout"' }],
    late: ['add-note', { text: 'не ответили' }],
  };
  const wires = ['in.next > ask', 'ask.ok > many', 'many.yes > yes', 'ask.error > failed', 'failed.yes > late'];
  const answer = (status: number, body: unknown, minutes: number) => ({
    type: 'http-answered',
    at: at(minutes),
    node: 'ask',
    status,
    body,
    contact: { id: 'anna' },
    conversation: { id: 'c1' },
  });

  it('goes on with the answer in its variable', async () => {
    const lines = await play(nodes, wires, [says('a&b=1', 0), answer(200, { orders: 2 }, 0)]);
    expect(lines[0]?.effects).toEqual([
      { type: 'call-http', method: 'POST', url: 'https://example.org/?q=a%26b%3D1', body: '{"name": "Анна \\"А\\" & Ко"}', node: 'ask' },
    ]);
    expect(lines.map(way)).toEqual(['in.next ask.wait', 'ask.ok many.yes yes.next']);
  });

  it('leaves by error for any other status, and when no answer comes', async () => {
    const refused = await play(nodes, wires, [says('x', 0), answer(500, null, 0)]);
    expect(refused.map(way)).toEqual(['in.next ask.wait', 'ask.error failed.no']);
    const silent = await play(nodes, wires, [says('x', 0), says('y', 1)]);
    expect(silent.map(way)).toEqual(['in.next ask.wait', 'ask.error failed.yes late.next', 'in.next ask.wait']);
  });

  it.each([
    ['ftp://example.org/', 'https://'],
    ['example.org', 'https://'],
    ['https://%TEXT%/x', 'https://'],
    ['https://example.org%TEXT%/', 'https://'],
    ['https://{{a;b}}.org/', 'https://'],
    ['https://user:secret@example.org/', 'https://'],
    ['https://exa mple.org/', 'https://'],
  ])('goes to no address like %s', (url, told) => {
    const { findings } = readGraph(buildGraph({ in: ['on-message'], ask: ['http', { url }] }, ['in.next > ask']), nodeTypes);
    expect(findings).toEqual([
      expect.objectContaining({ path: 'nodes[1].settings.url', text: expect.objectContaining({ en: expect.stringContaining(told) }) }),
    ]);
  });

  it.each([{ headers: { Host: 'x' } }, { headers: { 'a b': 'x' } }, { timeout: 'PT0S' }, { method: 'TRACE' }])('refuses %j', (more) => {
    const graph = buildGraph({ in: ['on-message'], ask: ['http', { url: 'https://example.org', ...more }] }, ['in.next > ask']);
    expect(readGraph(graph, nodeTypes).findings).toHaveLength(1);
  });

  it('writes halves of characters as a sign that has an encoding', async () => {
    const [line] = await play(
      { in: ['on-message'], ask: ['http', { url: 'https://example.org/%TEXT%' }] },
      ['in.next > ask'],
      [says('a\ud83d', 0)],
    );
    expect(line?.effects[0]).toMatchObject({ url: 'https://example.org/a%EF%BF%BD' });
  });
});

describe('an expression', () => {
  it('sets a variable that conditions, switches and later expressions read', async () => {
    const lines = await play(
      {
        in: ['on-message'],
        n: ['set', { name: 'n', value: '$number(message.text)' }],
        twice: ['set', { name: 'ответ', value: '{"twice": vars.n * 2}' }],
        which: ['switch', { field: 'vars.ответ.twice', cases: [{ in: [10], port: 'ten' }] }],
        big: ['if', { when: { field: 'vars.n', op: 'gte', value: 5 } }],
      },
      ['in.next > n', 'n.next > twice', 'twice.next > which', 'which.ten > big'],
      [says('5', 0)],
    );
    expect(lines.map(way)).toEqual(['in.next n.next twice.next which.ten big.yes']);
  });

  it('that fails ends the run in error and names the node', async () => {
    const [line] = await play(
      { in: ['on-message'], n: ['set', { name: 'n', value: '$number(message.text)' }] },
      ['in.next > n'],
      [says('x', 0)],
    );
    expect(line).toMatchObject({ status: 'error', error: { node: 'n', text: expect.stringContaining('Unable to cast') } });
  });

  it('that the wall clock stops is no decision', async () => {
    const clock = jest.spyOn(Date, 'now');
    let now = 0;
    clock.mockImplementation(() => (now += 1000));
    try {
      const run = play({ in: ['on-message'], ask: ['if', { when: 'message.text = "x"' }] }, ['in.next > ask'], [says('x', 0)]);
      await expect(run).rejects.toThrow(OutOfTime);
    } finally {
      clock.mockRestore();
    }
  });

  it('is not asked while the account’s are stopped: the run says so, and decides the same from its record', async () => {
    const graph = buildGraph({ in: ['on-message'], ask: ['if', { when: 'message.text = "x"' }], note: ['add-note', { text: 'нет' }] }, [
      'in.next > ask',
      'ask.no > note',
    ]);
    const compiled = compile(graph, nodeTypes);
    const event = { ...says('x', 0), id: 'e1', type: 'message-received' as const };
    const runs: RunOfVersion[] = [];
    const decision = await decide([compiled], event, emptyMemory, { expressionsStopped: true, observe: (run) => void runs.push(run) });
    expect(decision).toMatchObject({ status: 'error', effects: [], error: { node: 'ask', text: expect.stringContaining('stopped') } });
    const [, step] = decision.trace;
    expect(step && describeStep(step, graph, nodeTypes)?.ru).toContain('остановлены');
    const [run] = runs;
    if (!run) throw new Error('nothing ran');
    expect(await replay(compiled, { ...run, late: false, expressionsStopped: true })).toEqual(decision);
    expect(await replay(compiled, { ...run, late: false })).toMatchObject({ status: 'passed' });
  });

  it.each([
    ['if', { when: '$eval("1")' }, 'settings.when'],
    ['if', { when: '' }, 'settings.when'],
    ['if', { when: { not: 'true' } }, 'settings.when.not'],
    ['set', { name: 'n', value: '[1..9]' }, 'settings.value'],
    ['set', { name: '__proto__', value: '1' }, 'settings.name'],
  ])('of %s with %j is refused at its place', (type, settings, path) => {
    const { findings } = readGraph(buildGraph({ in: ['on-message'], x: [type, settings] }, ['in.next > x']), nodeTypes);
    expect(findings).toEqual([expect.objectContaining({ code: 'bad-setting', node: 'x', path: `nodes[1].${path}` })]);
  });
});

it('starts at the times of a schedule, between events', async () => {
  const lines = await play(
    { tick: ['on-schedule', { cron: '*/30 * * * *' }], note: ['add-note', { text: '%TIME%' }] },
    ['tick.next > note'],
    [says('раз', 10), says('два', 70)],
  );
  expect(lines.map(({ type, at }) => `${type} ${at}`)).toEqual([
    `message-received ${at(10)}`,
    'schedule-ticked 2026-03-02T09:30:00Z',
    'schedule-ticked 2026-03-02T10:00:00Z',
    `message-received ${at(70)}`,
  ]);
});
