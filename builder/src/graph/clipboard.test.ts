import type { RuleGraph } from '../../../rules/index.js';
import { parseClipboardText, toClipboardText } from './clipboard.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'out', type: 'reply', settings: { text: 'Привет' }, position: [300, 0], title: 'Ответ' },
  ],
  edges: [{ from: 'in.next', to: 'out' }],
};

describe('the clipboard', () => {
  it('carries steps and the wires between them as a graph file', () => {
    const piece = parseClipboardText(toClipboardText(graph, new Set(['in', 'out'])));
    expect(piece?.nodes).toEqual(graph.nodes);
    expect(piece?.edges).toEqual(graph.edges);
  });

  it('leaves out wires that lead elsewhere', () => {
    expect(parseClipboardText(toClipboardText(graph, new Set(['out'])))?.edges).toEqual([]);
  });

  it.each([
    '',
    'Здравствуйте',
    '{',
    '{"a":1}',
    '{"format":1,"name":"x","nodes":[],"edges":[]}',
    '{"format":2,"name":"x","nodes":[],"edges":[]}',
  ])('takes no other text for steps: %s', (text) => {
    expect(parseClipboardText(text)).toBeUndefined();
  });
});
