import { splitPort, type GraphNode, type GraphTest, type RuleGraph } from '../graph.js';

/** A node in a few words: its type, its settings, and what else a file may say of it. */
export type NodeWords = [type: string, settings?: Record<string, unknown>, more?: Pick<GraphNode, 'title' | 'disabled' | 'position'>];

/**
 * Builds a graph for a test: `buildGraph({ in: ['on-message'], hello: ['reply', { text: 'Привет' }] }, ['in.next > hello'])`.
 * @param wires edges as `node.port > node`, in file order
 */
export function buildGraph(nodes: Record<string, NodeWords>, wires: readonly string[] = [], more: Partial<RuleGraph> = {}): RuleGraph {
  return {
    format: 1,
    name: 'Правила',
    ...more,
    nodes: Object.entries(nodes).map(([id, [type, settings = {}, rest]]) => ({ id, type, settings, ...rest })),
    edges: wires.map((wire) => {
      const [from = '', to = ''] = wire.split(' > ');
      if (!splitPort(from) || to === '') throw new Error(`«${wire}» is no wire: node.port > node`);
      return { from, to };
    }),
  };
}

/** A test as it lives in a graph: events in, parts of printed lines expected. */
export function buildTest(name: string, events: GraphTest['events'], expect: GraphTest['expect']): GraphTest {
  return { name, events, expect };
}
