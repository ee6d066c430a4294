import type { RuleGraph } from '../../../rules/index.js';
import { insertExisting, moveWire, removeAndJoin } from './rejoin.js';

const node = (id: string, type = 'reply') => ({ id, type, settings: {} });
const graph: RuleGraph = {
  format: 1,
  name: 'Путь',
  nodes: [node('in', 'on-message'), node('words', 'word-match'), node('tag', 'add-tags'), node('yes'), node('no')],
  edges: [
    { from: 'in.next', to: 'tag' },
    { from: 'in.next', to: 'no' },
    { from: 'tag.next', to: 'words' },
    { from: 'words.yes', to: 'yes' },
    { from: 'words.no', to: 'no' },
  ],
};

const spelt = ({ edges }: RuleGraph) => edges.map(({ from, to }) => `${from}>${to}`);

describe('removing a step and joining its neighbours', () => {
  it('leads what led to it to where it led, at the same place in the order', () => {
    const { graph: left } = removeAndJoin(graph, new Set(['tag']));
    expect(left && spelt(left)).toEqual(['in.next>words', 'in.next>no', 'words.yes>yes', 'words.no>no']);
    expect(left?.nodes.map(({ id }) => id)).not.toContain('tag');
  });

  it('goes through several steps at once', () => {
    const chain: RuleGraph = {
      ...graph,
      edges: [
        { from: 'in.next', to: 'tag' },
        { from: 'tag.next', to: 'yes' },
        { from: 'yes.next', to: 'no' },
      ],
    };
    const { graph: left } = removeAndJoin(chain, new Set(['yes', 'tag']));
    expect(left && spelt(left)).toEqual(['in.next>no']);
  });

  it('removes nothing where exits lead to different steps, and says of which step', () => {
    expect(removeAndJoin(graph, new Set(['words']))).toEqual({ unclear: 'words' });
    expect(removeAndJoin(graph, new Set(['tag', 'words']))).toEqual({ unclear: 'words' });
  });

  it('is clear where all exits lead to the same step', () => {
    const same: RuleGraph = {
      ...graph,
      edges: [
        { from: 'in.next', to: 'words' },
        { from: 'words.yes', to: 'no' },
        { from: 'words.no', to: 'no' },
      ],
    };
    const { graph: left } = removeAndJoin(same, new Set(['words']));
    expect(left && spelt(left)).toEqual(['in.next>no']);
  });

  it('takes a step out that nothing leads to, whatever its exits', () => {
    const loose: RuleGraph = { ...graph, edges: graph.edges.filter(({ to }) => to !== 'words') };
    const { graph: left } = removeAndJoin(loose, new Set(['words']));
    expect(left && spelt(left)).toEqual(['in.next>tag', 'in.next>no']);
  });

  it('never wires a step to itself, nor twice to another', () => {
    const loop: RuleGraph = {
      ...graph,
      edges: [
        { from: 'yes.next', to: 'tag' },
        { from: 'tag.next', to: 'yes' },
      ],
    };
    expect(removeAndJoin(loop, new Set(['tag'])).graph?.edges).toEqual([]);
    const twice: RuleGraph = {
      ...graph,
      edges: [
        { from: 'in.next', to: 'no' },
        { from: 'in.next', to: 'tag' },
        { from: 'tag.next', to: 'no' },
      ],
    };
    const { graph: left } = removeAndJoin(twice, new Set(['tag']));
    expect(left && spelt(left)).toEqual(['in.next>no']);
  });
});

describe('dropping a step on a wire', () => {
  it('leads the wire to the step and on by its exit, in place', () => {
    const loose: RuleGraph = { ...graph, nodes: [...graph.nodes, node('new', 'mark-read')] };
    const put = insertExisting({ from: 'in.next', to: 'tag' }, 'new', 'next')(loose);
    expect(spelt(put).slice(0, 3)).toEqual(['in.next>new', 'new.next>tag', 'in.next>no']);
    expect(put.edges).toHaveLength(graph.edges.length + 1);
  });

  it('ends the wire at a step without exits', () => {
    const put = insertExisting({ from: 'words.yes', to: 'yes' }, 'no', undefined)(graph);
    expect(spelt(put)).toContain('words.yes>no');
    expect(spelt(put)).not.toContain('words.yes>yes');
  });

  it('leaves a wire alone that ends or begins at the step itself, or is gone', () => {
    expect(insertExisting({ from: 'in.next', to: 'tag' }, 'tag', 'next')(graph)).toBe(graph);
    expect(insertExisting({ from: 'tag.next', to: 'words' }, 'tag', 'next')(graph)).toBe(graph);
    expect(insertExisting({ from: 'in.next', to: 'yes' }, 'tag', 'next')(graph)).toBe(graph);
  });
});

describe('leading a wire elsewhere', () => {
  it('keeps its place among the wires, which is the order of evaluation', () => {
    const moved = moveWire({ from: 'in.next', to: 'tag' }, { from: 'in.next', to: 'words' })(graph);
    expect(spelt(moved).slice(0, 2)).toEqual(['in.next>words', 'in.next>no']);
    expect(moved.edges).toHaveLength(graph.edges.length);
  });

  it('changes nothing where that wire is already, or would lead to its own step', () => {
    expect(moveWire({ from: 'in.next', to: 'tag' }, { from: 'in.next', to: 'no' })(graph)).toBe(graph);
    expect(moveWire({ from: 'in.next', to: 'tag' }, { from: 'tag.next', to: 'tag' })(graph)).toBe(graph);
    expect(moveWire({ from: 'no.next', to: 'tag' }, { from: 'in.next', to: 'words' })(graph)).toBe(graph);
  });
});
