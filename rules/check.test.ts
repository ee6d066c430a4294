import { checkGraph } from './check.js';
import { buildGraph } from './testing/graph-builder.js';
import { smallNodeTypes } from './testing/small-node-types.js';

/** Findings as `code node`. */
function codesOf(graph: ReturnType<typeof buildGraph>): string[] {
  return checkGraph(graph, smallNodeTypes).map(({ code, node }) => `${code} ${node ?? '$'}`);
}

it('finds nothing in a sound graph', () => {
  expect(codesOf(buildGraph({ in: ['start'], gate: ['gate'], a: ['reply'] }, ['in.next > gate', 'gate.pass > a']))).toEqual([]);
});

it('finds a graph that nothing starts', () => {
  expect(codesOf(buildGraph({ a: ['reply'] }))).toEqual(['no-trigger $']);
});

it('finds nodes that no trigger reaches', () => {
  expect(
    codesOf(buildGraph({ in: ['start'], a: ['reply'], lost: ['reply'], more: ['reply'] }, ['in.next > a', 'lost.next > more'])),
  ).toEqual(['unreachable lost', 'unreachable more']);
});

it('says nothing of nodes behind a trigger that is switched off on purpose', () => {
  const graph = buildGraph({ in: ['start'], a: ['reply'], off: ['start', {}, { disabled: true }], b: ['reply'] }, [
    'in.next > a',
    'off.next > b',
  ]);
  expect(codesOf(graph)).toEqual([]);
});

it('finds triggers and choices that nothing follows, but no filter: dropping is what it does', () => {
  const graph = buildGraph({ in: ['start'], alone: ['start'], fork: ['fork'], gate: ['gate'] }, ['in.next > fork', 'in.next > gate']);
  expect(codesOf(graph)).toEqual(['dead-end alone', 'dead-end fork']);
});

it('finds expected ports without an edge', () => {
  expect(codesOf(buildGraph({ in: ['start'], fork: ['fork'], a: ['reply'] }, ['in.next > fork', 'fork.right > a']))).toEqual([
    'loose-port fork',
  ]);
});

it('finds an edge that is there twice', () => {
  expect(codesOf(buildGraph({ in: ['start'], a: ['reply'] }, ['in.next > a', 'in.next > a']))).toEqual(['duplicate-edge $']);
});

describe('a filter whose filtered port is loose', () => {
  const nodes = { in: ['start'], gate: ['gate'], a: ['reply'], t: ['task'] } as const;
  const build = (wires: string[]) => buildGraph({ in: [...nodes.in], gate: [...nodes.gate], a: [...nodes.a], t: [...nodes.t] }, wires);

  it('is told of when more than an answer is behind it', () => {
    expect(codesOf(build(['in.next > gate', 'gate.pass > a', 'a.next > t']))).toEqual(['filter-stops-more gate']);
  });

  it('is told of when more than an answer waits for its turn', () => {
    expect(codesOf(build(['in.next > gate', 'in.next > t', 'gate.pass > a']))).toEqual(['filter-stops-more gate']);
  });

  it('is fine when that has been done before', () => {
    expect(codesOf(build(['in.next > t', 'in.next > gate', 'gate.pass > a']))).toEqual([]);
  });

  it('is fine on another way than the rest', () => {
    const graph = buildGraph({ in: ['start'], fork: ['fork'], gate: ['gate'], a: ['reply'], t: ['task'] }, [
      'in.next > fork',
      'fork.left > gate',
      'gate.pass > a',
      'fork.right > t',
    ]);
    expect(codesOf(graph)).toEqual([]);
  });

  it('is fine when it leads somewhere', () => {
    expect(codesOf(build(['in.next > gate', 'gate.pass > t', 'gate.filtered > a']))).toEqual([]);
  });
});

describe('a cycle', () => {
  const cycle = (type: string) =>
    buildGraph({ in: ['start'], a: ['reply'], b: [type], c: ['reply'] }, ['in.next > a', 'a.next > b', 'b.next > c', 'c.next > a']);

  it('is an error that names its nodes', () => {
    const [found] = checkGraph(cycle('reply'), smallNodeTypes);
    expect(found).toMatchObject({ code: 'illegal-cycle', severity: 'error', node: 'a' });
    expect(found?.text.en).toContain('“reply” (a) → “reply” (b) → “reply” (c) → “reply” (a)');
  });

  it('is legal through a node that waits', () => {
    expect(codesOf(cycle('rests'))).toEqual(['answers-endlessly a']);
  });

  it('of one node is found as well', () => {
    expect(codesOf(buildGraph({ in: ['start'], a: ['reply'] }, ['in.next > a', 'a.next > a']))).toEqual(['illegal-cycle a']);
  });

  it('is not seen where two ways meet', () => {
    const graph = buildGraph({ in: ['start'], a: ['reply'], b: ['task'], c: ['reply'] }, [
      'in.next > a',
      'in.next > b',
      'a.next > c',
      'b.next > c',
    ]);
    expect(codesOf(graph)).toEqual([]);
  });
});

it('finds a parameter that points at nothing', () => {
  const label = { ru: 'Текст', en: 'Text' };
  const parameters = [
    { name: 'text', label, path: 'nodes[1].settings.text' },
    { name: 'lost', label, path: 'nodes[7].settings.text' },
  ];
  const graph = buildGraph({ in: ['start'], a: ['reply', { text: 'x' }] }, ['in.next > a'], { parameters });
  expect(checkGraph(graph, smallNodeTypes)).toMatchObject([{ code: 'unknown-parameter-path', path: 'parameters[1].path' }]);
});

it('checks a graph of 2,000 nodes within seconds', () => {
  const ids = Array.from({ length: 1998 }, (_, index) => `f${index}`);
  const graph = buildGraph({ in: ['start'], ...Object.fromEntries(ids.map((id): [string, [string]] => [id, ['gate']])), last: ['task'] }, [
    ...ids.map((id, index) => (index === 0 ? `in.next > ${id}` : `f${index - 1}.pass > ${id}`)),
    'f1997.pass > last',
  ]);
  expect(new Set(codesOf(graph).map((found) => found.split(' ')[0]))).toEqual(new Set(['filter-stops-more']));
}, 20_000);
