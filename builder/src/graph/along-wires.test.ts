import type { RuleGraph } from '../../../rules/index.js';
import { alongWires, stepBeside } from './along-wires.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Путь',
  nodes: ['end', 'in', 'ask', 'wait', 'alone'].map((id) => ({ id, type: id === 'in' ? 'on-message' : 'reply', settings: {} })),
  edges: [
    { from: 'in.next', to: 'ask' },
    { from: 'ask.next', to: 'wait' },
    { from: 'wait.next', to: 'ask' },
    { from: 'wait.timeout', to: 'end' },
  ],
};

describe('along the wires', () => {
  it('finds all that comes after a step and before it, also round a loop', () => {
    expect([...alongWires(graph, new Set(['ask']), 'after')].toSorted()).toEqual(['ask', 'end', 'wait']);
    expect([...alongWires(graph, new Set(['end']), 'before')].toSorted()).toEqual(['ask', 'end', 'in', 'wait']);
    expect([...alongWires(graph, new Set(['alone']), 'after')]).toEqual(['alone']);
  });

  it('goes from step to step as the graph is read, round at the ends', () => {
    const order = ['in', 'ask', 'wait', 'end', 'alone'];
    expect(order.map((id) => stepBeside(graph, id, 1))).toEqual([...order.slice(1), 'in']);
    expect(stepBeside(graph, 'in', -1)).toBe('alone');
    expect(stepBeside(graph, undefined, 1)).toBe('in');
    expect(stepBeside({ ...graph, nodes: [], edges: [] }, undefined, 1)).toBeUndefined();
  });
});
