import { canonicalJson } from './canonical-json.js';
import type { RuleGraph } from './graph.js';

const graph: RuleGraph = {
  nodes: [
    { settings: { text: 'Привет', hidden: false }, type: 'reply', id: 'hello', position: [10, 20] },
    { type: 'on-message', id: 'in', settings: {} },
  ],
  name: 'Правила',
  edges: [{ to: 'hello', from: 'in.next' }],
  format: 1,
};

it('writes one node a line, keys in a fixed order', () => {
  expect(canonicalJson(graph)).toBe(`{
  "format": 1,
  "name": "Правила",
  "nodes": [
    {"id": "hello", "type": "reply", "settings": {"hidden": false, "text": "Привет"}, "position": [10, 20]},
    {"id": "in", "type": "on-message", "settings": {}}
  ],
  "edges": [
    {"from": "in.next", "to": "hello"}
  ]
}
`);
});

it('gives the same bytes whatever the order of keys', () => {
  const shuffled: RuleGraph = {
    format: 1,
    edges: graph.edges,
    name: graph.name,
    nodes: graph.nodes.map(({ id, ...rest }) => ({ ...rest, id })),
  };
  expect(canonicalJson(shuffled)).toBe(canonicalJson(graph));
  expect(JSON.parse(canonicalJson(graph))).toEqual(graph);
});
