import { momentsOf, nodeTypes, readGraph, type Played, type RuleEvent, type SeenMoment } from '../../../../rules/index.js';
import type { ChatRules } from './chat.js';

/** What a step could look at. */
export interface StepContext {
  variables: Readonly<Record<string, unknown>>;
  event: RuleEvent;
}

/**
 * What each step of a run saw, in the order of its steps.
 * @returns empty while the graph has errors
 */
export async function contextsOf(rules: ChatRules, played: Played): Promise<StepContext[]> {
  const graphs = [rules.graph, ...rules.others].flatMap((graph) => readGraph(graph, nodeTypes).graph ?? []);
  const [own] = graphs;
  if (!own || own.name !== rules.graph.name) return [];
  const moments = await momentsOf(played, graphs, nodeTypes);
  let last: SeenMoment = firstMoment(played);
  return played.decision.trace.map((step) => {
    // Triggers and woken steps are not asked: they see what the step before them saw.
    last = moments.get(`${step.ruleSet ?? own.name}/${step.node}`) ?? last;
    return { variables: last.variables, event: last.event };
  });
}

function firstMoment({ event, memory, decision }: Played): SeenMoment {
  const [first] = decision.trace;
  const waits = (memory.waiting ?? []).flatMap((run) => run.waits.map((wait) => ({ run, wait })));
  const woken = waits.find(({ wait }) => wait.node === first?.node && (wait.id === event.id || wait.for !== undefined));
  if (!woken) return { event, variables: {} };
  return { event: event.type === 'timer-fired' ? woken.run.event : event, variables: woken.wait.variables ?? {} };
}
