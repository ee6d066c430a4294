import { countCoverage } from './coverage.js';
import type { RuleGraph } from './graph.js';
import { nodeTypes } from './nodes/index.js';
import { buildGraph } from './testing/graph-builder.js';
import { message, play } from './testing/play.js';

const graph = buildGraph(
  {
    in: ['on-message'],
    spam: ['word-filter', { mode: 'except', patterns: 'кредит' }],
    asks: ['word-match', { patterns: 'цена' }],
    price: ['reply', { text: 'Пришлём прайс' }],
    off: ['reply', { text: 'Выключено' }, { disabled: true }],
  },
  ['in.next > spam', 'spam.pass > asks', 'asks.yes > price', 'asks.no > off'],
);

function cover(graphs: readonly RuleGraph[], texts: readonly string[]) {
  const count = countCoverage(graphs, nodeTypes);
  for (const line of play(
    graphs,
    texts.map((text) => message(text)),
    nodeTypes,
  ))
    count.add(line, 'events');
  return count.result();
}

it('counts the steps of every node and the exits that they left by', () => {
  const [covered] = cover([graph], ['цена?', 'кредит', 'цена дивана']);
  const counts = covered?.nodes.map(({ node, reached, ports }) => [
    node,
    reached.events,
    Object.fromEntries(ports.map(({ port, reached }) => [port, reached.events])),
  ]);
  expect(counts).toEqual([
    ['in', 3, { next: 3 }],
    // The exit has no edge, so the trace says `drop`; it is that exit all the same.
    ['spam', 3, { pass: 2, filtered: 1 }],
    ['asks', 2, { yes: 2, no: 0 }],
    ['price', 2, { next: 2 }],
    ['off', 0, { next: 0 }],
  ]);
});

it('tells tests from events, and counts a place once that both reach; what is switched off is in no share', () => {
  const count = countCoverage([graph], nodeTypes);
  const [line] = play([graph], [message('цена')], nodeTypes);
  if (!line) throw new Error('no line');
  count.add(line, 'tests');
  count.add(line, 'events');
  count.add(line, 'events');
  const [covered] = count.result();
  expect(covered?.shares).toEqual({
    nodes: { all: 4, tests: 4, events: 4, reached: 4 },
    ports: { all: 6, tests: 4, events: 4, reached: 4 },
  });
  expect(covered?.nodes[2]?.reached).toEqual({ tests: 1, events: 2 });
});

it('counts errors apart, and gives every step to the rule set that it names', () => {
  const broken = buildGraph({ in: ['on-message'], stage: ['set-stage', { stage: 'Новая' }] }, ['in.next > stage'], { name: 'Ломается' });
  const count = countCoverage([graph, broken], nodeTypes);
  count.add({ trace: [['stage', 'error', { ruleSet: 'Ломается' }]] }, 'events');
  // A step of a rule set that is not looked at, and one that names none where several could be meant, are nobody's.
  count.add({ trace: [['stage', 'error', { ruleSet: 'Чужой' }]] }, 'events');
  count.add({ trace: [['in', 'next']] }, 'events');
  count.add({ trace: [['in', 'next']] }, 'tests', 'Правила');
  const [first, second] = count.result();
  expect(second?.nodes[1]).toMatchObject({ node: 'stage', reached: { events: 1 }, errors: { tests: 0, events: 1 } });
  expect(first?.nodes[0]?.reached).toEqual({ tests: 1, events: 0 });
  expect(second?.nodes[0]?.reached).toEqual({ tests: 0, events: 0 });
});
