import { nodeTypes, type GraphNode } from '../../../../rules/index.js';

/** Whether a step starts runs. */
export function isTrigger({ type }: Pick<GraphNode, 'type'>): boolean {
  return nodeTypes.get(type)?.family === 'trigger';
}
