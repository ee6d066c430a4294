import {
  explain,
  explainMissed,
  nodeTypes,
  readGraph,
  type Block,
  type EventChange,
  type ExplainedCondition,
  type Played,
} from '../../../../rules/index.js';
import { compileAll, type ChatRules } from './chat.js';

/** Something that stood between an event and a step. */
export interface Obstacle {
  block: Block;
  /** Why the step in the way went as it did, in both languages. */
  reason?: { ru: string; en: string };
  /** Comparisons of its condition that did not turn out as the way needs, each with the value that it met. */
  failed: ExplainedCondition[];
}

export interface WhyNot {
  ran: boolean;
  obstacles: Obstacle[];
  /** The smallest changes of the event that make the step run: each was tried. */
  changes: EventChange[];
}

/**
 * Tells why a step was not reached, and what would have had to differ.
 * @param played what the session gave for the event
 * @returns undefined while the graph has errors, or when it has no such step
 */
export async function explainWhyNot(rules: ChatRules, played: Played, node: string): Promise<WhyNot | undefined> {
  const compiled = compileAll(rules);
  const graphs = [rules.graph, ...rules.others].flatMap((graph) => readGraph(graph, nodeTypes).graph ?? []);
  const [own] = graphs;
  if (!compiled || !own?.nodes.some(({ id }) => id === node)) return undefined;
  const missed = await explainMissed(played, { ruleSet: own.name, node }, graphs, compiled, nodeTypes);
  if (missed.ran) return { ran: true, obstacles: [], changes: [] };
  const { steps } = await explain(played, graphs, nodeTypes);
  const obstacles = missed.blocks.map((block): Obstacle => {
    const step = steps.find((one) => one.node === block.node && (one.ruleSet ?? own.name) === own.name);
    const failed = step?.condition ? decisive(step.condition, step.condition.holds) : [];
    return { block, ...(step?.reason && { reason: step.reason }), failed };
  });
  return { ran: false, obstacles, changes: missed.changes };
}

/**
 * The comparisons that made a condition come out as it did: of «all» that does not hold those that do not, of «any» that does not hold every one, and the
 * other way round where it held and should not have.
 */
function decisive(condition: ExplainedCondition, outcome: boolean): ExplainedCondition[] {
  if (!condition.parts) return condition.holds === outcome ? [condition] : [];
  const wanted = condition.join === 'not' ? !outcome : outcome;
  return condition.parts.filter(({ holds }) => holds === wanted).flatMap((part) => decisive(part, wanted));
}
