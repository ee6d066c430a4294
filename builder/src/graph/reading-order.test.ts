import type { RuleGraph } from '../../../rules/index.js';
import { inReadingOrder } from './reading-order.js';

const node = (id: string) => ({ id, type: 'reply', settings: {} });

describe('the list of steps', () => {
  it('follows the wires from where runs start, each step once, loose ones last', () => {
    const graph: RuleGraph = {
      format: 1,
      name: 'x',
      nodes: ['end', 'b', 'a', 'in', 'loop', 'loop2'].map(node),
      edges: [
        { from: 'in.next', to: 'a' },
        { from: 'in.next', to: 'b' },
        { from: 'a.next', to: 'end' },
        { from: 'b.next', to: 'end' },
        { from: 'loop.next', to: 'loop2' },
        { from: 'loop2.next', to: 'loop' },
      ],
    };
    expect(inReadingOrder(graph).map(({ id }) => id)).toEqual(['in', 'a', 'end', 'b', 'loop', 'loop2']);
  });
});
