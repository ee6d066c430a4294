import type { Bilingual } from '../bilingual.js';
import type { NodeTypes } from '../compile.js';
import { conditionSchema } from '../conditions/condition.js';
import { explainCondition, type ExplainedCondition } from '../conditions/explain-condition.js';
import { describeStep } from '../describe.js';
import type { Effect } from '../effect.js';
import type { RuleGraph } from '../graph.js';
import { settingsForm } from '../settings-form.js';
import type { Step } from '../trace.js';
import type { SeenMoment } from './moments-of.js';

/** One step of a run in words. */
export interface ExplainedStep {
  node: string;
  ruleSet?: string;
  /** What the admin called the node, else what its type is called. */
  title: Bilingual;
  port: string;
  portLabel: Bilingual;
  reason?: Bilingual;
  /** Where the node asked a condition: all of its parts. */
  condition?: ExplainedCondition;
  effects: Effect[];
}

/** How people call the ways in which a run stops. */
const stops: Record<string, Bilingual> = {
  drop: { ru: 'отброшено', en: 'dropped' },
  wait: { ru: 'ждёт', en: 'waits' },
  error: { ru: 'ошибка', en: 'error' },
};

/**
 * Puts a step of a decision into words.
 * @param moment what the node saw; absent where nothing asked it (a trigger, a woken node)
 * @param effects all of the decision
 */
export function explainStep(
  step: Step,
  graph: RuleGraph,
  nodeTypes: NodeTypes,
  moment: SeenMoment | undefined,
  effects: readonly Effect[],
): ExplainedStep {
  const node = graph.nodes.find(({ id }) => id === step.node);
  const nodeType = nodeTypes.get(node?.type ?? '');
  const plain = { ru: step.port, en: step.port };
  const reason = describeStep(step, graph, nodeTypes);
  const condition = node && moment && !node.disabled ? conditionOf(node, nodeTypes, moment) : undefined;
  return {
    node: step.node,
    ...(step.ruleSet !== undefined && { ruleSet: step.ruleSet }),
    title: titleOf(step.node, graph, nodeTypes),
    port: step.port,
    portLabel: nodeType?.portLabels[step.port] ?? stops[step.port] ?? plain,
    ...(reason && { reason }),
    ...(condition && { condition }),
    effects: effects.filter((effect) => effect.node === step.node && effect.ruleSet === step.ruleSet),
  };
}

/** What the admin called a node, else what its type is called. */
export function titleOf(id: string, graph: RuleGraph, nodeTypes: NodeTypes): Bilingual {
  const node = graph.nodes.find((other) => other.id === id);
  const own = node?.title;
  return own === undefined ? (nodeTypes.get(node?.type ?? '')?.title ?? { ru: id, en: id }) : { ru: own, en: own };
}

/** The condition among a node's settings, found by its widget, asked of the event. Text settings (expressions) explain themselves by their result. */
function conditionOf(
  { type, settings }: RuleGraph['nodes'][number],
  nodeTypes: NodeTypes,
  moment: SeenMoment,
): ExplainedCondition | undefined {
  const nodeType = nodeTypes.get(type);
  const properties = nodeType && settingsForm(nodeType).properties;
  const key = Object.entries(properties ?? {}).find(([, form]) => typeof form === 'object' && form['widget'] === 'condition')?.[0];
  const value = key === undefined ? undefined : settings[key];
  if (typeof value !== 'object') return undefined;
  const parsed = conditionSchema.safeParse(value);
  return parsed.success ? explainCondition(parsed.data, moment.event, moment.variables) : undefined;
}
