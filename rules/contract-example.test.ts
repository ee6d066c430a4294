import { readFileSync } from 'node:fs';
import { checkGraph } from './check.js';
import { compile } from './compile.js';
import { nodeTypes } from './nodes/index.js';
import { readGraph } from './read-graph.js';
import { runTests } from './run-tests.js';
import { buildGraph } from './testing/graph-builder.js';
import { message, play } from './testing/play.js';

const night = {
  format: 1,
  name: 'Ночной автоответчик',
  timezone: 'Europe/Moscow',
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'spam', type: 'word-filter', settings: { mode: 'except', patterns: 'реклам* *кредит*' }, position: [220, 0] },
    { id: 'night', type: 'time-window', settings: { from: '22:00', to: '08:00' }, position: [440, 0] },
    { id: 'hello', type: 'reply', settings: { text: '{{Здравствуйте;Добрый вечер}}, %NAME%! Ответим утром.' }, position: [660, 0] },
  ],
  edges: [
    { from: 'in.next', to: 'spam' },
    { from: 'spam.pass', to: 'night' },
    { from: 'night.inside', to: 'hello' },
  ],
  tests: [
    {
      name: 'ночью отвечаем',
      events: [{ type: 'message-received', at: '2026-03-02T23:10:00+03:00', message: { text: 'Есть кто?' }, contact: { name: 'Анна' } }],
      expect: [{ status: 'passed', effects: [{ type: 'send-message' }] }],
    },
  ],
};

function read(json: unknown) {
  const { graph, findings } = readGraph(json, nodeTypes);
  if (!graph) throw new Error(findings.map(({ text }) => text.en).join('\n'));
  return graph;
}

it('the example of the format runs, checks clean, and its test passes', async () => {
  const graph = read(night);
  expect(checkGraph(graph, nodeTypes)).toEqual([]);
  expect(await runTests(graph, compile(graph, nodeTypes))).toMatchObject([{ name: 'ночью отвечаем', passed: true }]);
});

it('it answers with one of its greetings, chosen by the event alone', () => {
  const events = Array.from({ length: 20 }, (_, index) =>
    message('Есть кто?', { at: '2026-03-02T23:10:00+03:00', contact: { id: String(index), name: 'Анна' } }),
  );
  const texts = play([read(night)], events, nodeTypes).map(({ effects }) => JSON.stringify(effects));
  expect(new Set(texts).size).toBe(2);
  expect(texts[0]).toMatch(/^\[\{"type":"send-message","text":"(Здравствуйте|Добрый вечер), Анна! Ответим утром\.","node":"hello"\}\]$/);
});

it.each(['night-autoresponder', 'shop-desk'])('the sample %s checks clean and its tests pass', async (name) => {
  const graph = read(JSON.parse(readFileSync(`samples/${name}.rules.json`, 'utf8')));
  expect(checkGraph(graph, nodeTypes)).toEqual([]);
  const results = await runTests(graph, compile(graph, nodeTypes));
  expect(results.length).toBeGreaterThan(0);
  for (const result of results) expect(result).toMatchObject({ passed: true, differences: [] });
});

it('a setting that its own schema refuses is told in both languages', () => {
  const graph = buildGraph({ in: ['on-message'], c: ['if', { when: { field: 'message.text', op: 'like', value: 'x' } }] }, ['in.next > c']);
  const [found] = readGraph(graph, nodeTypes).findings;
  expect(found).toMatchObject({ code: 'bad-setting', node: 'c', path: 'nodes[1].settings.when.op' });
  expect(found?.text.ru).toMatch(/^[^|]*[а-я][^|]*$/);
  expect(found?.text.en).toMatch(/^[^|а-я]*$/);
});

describe('what check finds in real nodes', () => {
  const codesOf = (...words: Parameters<typeof buildGraph>) =>
    checkGraph(read(buildGraph(...words)), nodeTypes).map(({ code, node }) => `${code} ${node}`);

  it('an autoresponder that can answer itself', () => {
    for (const direction of ['out', 'any']) {
      expect(codesOf({ in: ['on-message', { direction }], a: ['reply', { text: 'x' }] }, ['in.next > a'])).toEqual(['answers-itself a']);
    }
  });

  it('none in one that answers clients, operators alone, or operators with a note', () => {
    expect(codesOf({ in: ['on-message'], a: ['reply', { text: 'x' }] }, ['in.next > a'])).toEqual([]);
    expect(
      codesOf({ in: ['on-message', { direction: 'out', origins: ['operator'] }], a: ['reply', { text: 'x' }] }, ['in.next > a']),
    ).toEqual([]);
    expect(codesOf({ in: ['on-message', { direction: 'any' }], a: ['reply', { text: 'x', hidden: true }] }, ['in.next > a'])).toEqual([]);
  });

  it('a filter that keeps a message from more than an answer, not from an answer', () => {
    const filter = ['word-filter', { mode: 'except', patterns: 'спам' }] as [string, Record<string, unknown>];
    expect(codesOf({ in: ['on-message'], f: filter, t: ['add-tags', { tags: 'x' }] }, ['in.next > f', 'f.pass > t'])).toEqual([
      'filter-stops-more f',
    ]);
    expect(codesOf({ in: ['on-message'], f: filter, a: ['reply', { text: 'x' }] }, ['in.next > f', 'f.pass > a'])).toEqual([]);
  });

  it('a pattern that is no word, at its node and path', () => {
    const graph = read(buildGraph({ in: ['on-message'], f: ['word-filter', { mode: 'except', patterns: '*' }] }, ['in.next > f']));
    expect(checkGraph(graph, nodeTypes)[0]).toMatchObject({
      severity: 'error',
      node: 'f',
      path: expect.stringMatching(/^nodes\[1\]\.settings/),
    });
  });
});
