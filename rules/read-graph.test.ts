import * as fc from 'fast-check';
import { readGraph } from './read-graph.js';
import { buildGraph } from './testing/graph-builder.js';
import { smallNodeTypes } from './testing/small-node-types.js';

const sound = buildGraph({ in: ['start'], a: ['reply'] }, ['in.next > a']);

/** Findings as `code path`, which is what a person looks for first. */
function problemsOf(json: unknown): string[] {
  return readGraph(json, smallNodeTypes).findings.map(({ code, path }) => (path === undefined ? code : `${code} ${path}`));
}

it('reads a sound graph and keeps its settings as they were written', () => {
  const { graph, findings } = readGraph(sound, smallNodeTypes);
  expect(findings).toEqual([]);
  expect(graph).toEqual(sound);
  expect(graph?.nodes[1]?.settings).toEqual({});
});

it.each([
  [
    'a setting that the type does not have',
    { ...sound, nodes: [sound.nodes[0], { id: 'a', type: 'reply', settings: { txet: 'x' } }] },
    'unknown-setting nodes[1].settings.txet',
  ],
  [
    'a setting of the wrong kind',
    { ...sound, nodes: [sound.nodes[0], { id: 'a', type: 'reply', settings: { text: 5 } }] },
    'bad-setting nodes[1].settings.text',
  ],
  ['an unknown key of the graph', { ...sound, nmae: 'x' }, 'unknown-key nmae'],
  [
    'an unknown key of a node',
    { ...sound, nodes: [{ ...sound.nodes[0], postion: [0, 0] }, sound.nodes[1]] },
    'unknown-key nodes[0].postion',
  ],
  ['an unknown key of an edge', { ...sound, edges: [{ from: 'in.next', to: 'a', label: 'x' }] }, 'unknown-key edges[0].label'],
  ['a missing name', { ...sound, name: undefined }, 'bad-value name'],
  ['a missing format', { ...sound, format: undefined }, 'bad-value format'],
  ['a node id with a dot', { ...sound, nodes: [{ id: 'a.b', type: 'start', settings: {} }], edges: [] }, 'bad-value nodes[0].id'],
  ['an unknown type', { ...sound, nodes: [sound.nodes[0], { id: 'a', type: 'sings', settings: {} }] }, 'unknown-type nodes[1].type'],
  ['an id used twice', { ...sound, nodes: [...sound.nodes, { id: 'a', type: 'reply', settings: {} }] }, 'duplicate-id nodes[2].id'],
  ['an edge from a node that does not exist', { ...sound, edges: [{ from: 'x.next', to: 'a' }] }, 'unknown-node edges[0].from'],
  ['an edge to a node that does not exist', { ...sound, edges: [{ from: 'in.next', to: 'x' }] }, 'unknown-node edges[0].to'],
  ['an edge from a port that the type does not have', { ...sound, edges: [{ from: 'in.pass', to: 'a' }] }, 'unknown-port edges[0].from'],
  ['an edge that names no port', { ...sound, edges: [{ from: 'in', to: 'a' }] }, 'bad-edge edges[0].from'],
  ['an edge into a trigger', { ...sound, edges: [{ from: 'a.next', to: 'in' }] }, 'edge-into-trigger edges[0].to'],
  ['an unknown time zone', { ...sound, timezone: 'Europe/Moskva' }, 'bad-timezone timezone'],
  ['a list', [], 'not-a-graph'],
  ['null', null, 'not-a-graph'],
  [
    'a test event of an unknown type',
    { ...sound, tests: [{ name: 't', events: [{ type: 'x' }], expect: [] }] },
    'bad-test-event tests[0].events[0].type',
  ],
  ['more nodes than a graph may have', { ...sound, nodes: Array.from({ length: 100_000 }, () => sound.nodes[0]) }, 'too-large nodes'],
])('refuses %s', (_, json, problem) => {
  expect(problemsOf(JSON.parse(JSON.stringify(json)))).toEqual([problem]);
});

it('refuses a newer format by a code of its own, whatever else the file holds', () => {
  const { findings } = readGraph({ format: 2, steps: 'unknown to us' }, smallNodeTypes);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ code: 'newer-format', severity: 'error', path: 'format' });
  expect(findings[0]?.text.en).toContain('format 2');
});

it('names the node of a problem in both languages', () => {
  const [found] = readGraph(
    { ...sound, nodes: [sound.nodes[0], { id: 'a', type: 'reply', settings: { min: 1 } }] },
    smallNodeTypes,
  ).findings;
  expect(found).toMatchObject({ node: 'a', path: 'nodes[1].settings.min' });
  expect(found?.text.ru).toContain('меньше допустимого (2)');
  expect(found?.text.en).toContain('less than allowed (2)');
});

it('tells every problem at once', () => {
  const json = { ...sound, timezone: 'Nowhere', nodes: [sound.nodes[0], { id: 'a', type: 'reply', settings: { one: 1, two: 2 } }] };
  expect(problemsOf(json)).toEqual([
    'bad-timezone timezone',
    'unknown-setting nodes[1].settings.one',
    'unknown-setting nodes[1].settings.two',
  ]);
});

it('refuses what is nested too deeply instead of running out of stack', () => {
  const settings = JSON.parse(`${'{"not":'.repeat(5000)}1${'}'.repeat(5000)}`) as Record<string, unknown>;
  expect(problemsOf({ ...sound, nodes: [{ id: 'in', type: 'start', settings }] })[0]).toContain('too-deep');
});

it('refuses keys that would become a prototype, and takes __proto__ as the id of a node', () => {
  expect(
    problemsOf(JSON.parse('{"format":1,"name":"x","nodes":[{"id":"a","type":"says","settings":{"__proto__":{"text":"x"}}}],"edges":[]}')),
  ).toEqual(['unknown-key nodes[0].settings.__proto__']);
  const graph = {
    ...sound,
    nodes: [sound.nodes[0], { id: '__proto__', type: 'reply', settings: {} }],
    edges: [{ from: 'in.next', to: '__proto__' }],
  };
  expect(problemsOf(graph)).toEqual([]);
});

it('answers any JSON with a graph or with findings', () => {
  const shaped = fc.record(
    {
      format: fc.constantFrom(1, 1, 1, 0, '1'),
      name: fc.string(),
      nodes: fc.array(fc.jsonValue()),
      edges: fc.array(fc.jsonValue()),
      tests: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), shaped), (json) => {
      const { graph, findings } = readGraph(json, smallNodeTypes);
      expect(graph === undefined).toBe(findings.length > 0);
    }),
    { numRuns: 2000 },
  );
});
