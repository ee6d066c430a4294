import type { CompiledGraph, NodeTypes } from '../compile.js';
import type { AccountDirectory } from '../finding.js';
import type { RuleGraph } from '../graph.js';
import { toRunLine, type RunLine } from '../run-line.js';
import type { Played } from '../session.js';
import { findBlocks, type Block } from './blocks.js';
import { explainStep, type ExplainedStep } from './explained-step.js';
import { findChanges, type EventChange, type Target } from './find-changes.js';
import { momentsOf } from './moments-of.js';

/** Why an event went the way it did. */
export interface Explanation {
  line: RunLine;
  steps: ExplainedStep[];
}

/** Why a node did not run on an event. */
export interface MissedNode extends Target {
  /** Whether it did run. */
  ran: boolean;
  blocks: Block[];
  /** What would have had to differ; none where the clock started the run, since no event can be changed then. */
  changes: EventChange[];
}

/**
 * Puts what a session played into words, step by step.
 * @param graphs those that were played, in the same order
 */
export async function explain(played: Played, graphs: readonly RuleGraph[], nodeTypes: NodeTypes): Promise<Explanation> {
  const { decision } = played;
  const moments = await momentsOf(played, graphs, nodeTypes);
  const steps = decision.trace.flatMap((step) => {
    const graph = graphs.find(({ name }) => name === step.ruleSet) ?? graphs[0];
    return graph ? [explainStep(step, graph, nodeTypes, moments.get(`${graph.name}/${step.node}`), decision.effects)] : [];
  });
  return { line: toRunLine(played), steps };
}

/**
 * Tells what kept a node from running, and the smallest change of the event that would have made it run.
 * @param compiled the graphs, compiled, in the same order
 * @throws Error when the graph or the node does not exist
 */
export async function explainMissed(
  played: Played,
  target: Target,
  graphs: readonly RuleGraph[],
  compiled: readonly CompiledGraph[],
  nodeTypes: NodeTypes,
  account?: AccountDirectory,
): Promise<MissedNode> {
  const graph = graphs.find(({ name }) => name === target.ruleSet);
  if (!graph?.nodes.some(({ id }) => id === target.node)) throw new Error(`There is no node ${target.node} in ${target.ruleSet}`);
  const steps = played.decision.trace.filter(({ ruleSet = graphs[0]?.name }) => ruleSet === target.ruleSet);
  if (steps.some(({ node }) => node === target.node)) return { ...target, ran: true, blocks: [], changes: [] };
  const blocks = findBlocks(target.node, graph, nodeTypes, steps, played);
  const isEvent = played.event.type !== 'timer-fired' && played.event.type !== 'schedule-ticked';
  const changes = isEvent ? await findChanges(graphs, compiled, nodeTypes, target, played, account) : [];
  return { ...target, ran: false, blocks, changes };
}
