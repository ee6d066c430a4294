import { graphSchema, type RuleGraph } from '../../../rules/index.js';
import { withOwnIds } from './canvas-things.js';

/** A graph from the server as the canvas can show it. Undefined when it has not the shape of a graph file; its settings may still be unfinished. */
export function toGraph(json: unknown): RuleGraph | undefined {
  const parsed = graphSchema.safeParse(json);
  return parsed.success ? withOwnIds(parsed.data) : undefined;
}
