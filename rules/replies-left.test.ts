import { compile } from './compile.js';
import { decide } from './decide.js';
import { emptyMemory } from './memory.js';
import { nodeTypes } from './nodes/index.js';
import { readGraph } from './read-graph.js';

/** A rule set that answers twice. */
function compiled(name: string) {
  const { graph } = readGraph(
    {
      format: 1,
      name,
      nodes: [
        { id: 'in', type: 'on-message', settings: {} },
        { id: 'one', type: 'reply', settings: { text: 'Раз' } },
        { id: 'two', type: 'reply', settings: { text: 'Два' } },
      ],
      edges: [
        { from: 'in.next', to: 'one' },
        { from: 'one.next', to: 'two' },
      ],
    },
    nodeTypes,
  );
  if (!graph) throw new Error('the graph does not read');
  return compile(graph, nodeTypes);
}

const event = { type: 'message-received' as const, id: 'e', at: '2026-11-21T09:00:00Z', message: { text: 'Привет' }, contact: { id: 'a' } };

it('sends as many replies as are left, over all rule sets, and says why it held back the rest', async () => {
  const decision = await decide([compiled('Первый'), compiled('Второй')], event, { ...emptyMemory, repliesLeft: 3 });
  expect(decision.effects.map((effect) => 'text' in effect && effect.text)).toEqual(['Раз', 'Два', 'Раз']);
  expect(decision.trace.filter(({ held }) => held)).toEqual([expect.objectContaining({ node: 'two', held: 'loop', ruleSet: 'Второй' })]);
  expect(decision.memory.repliesLeft).toBe(0);
});

it('sends all where nothing is said of it', async () => {
  const decision = await decide([compiled('Первый')], event, emptyMemory);
  expect(decision.effects).toHaveLength(2);
  expect(decision.memory).not.toHaveProperty('repliesLeft');
});
