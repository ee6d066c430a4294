import type { RuleEvent } from '../event.js';
import { neverAnswered } from '../expressions/make-expression.js';
import type { MaybePromise } from '../later.js';
import { emptyMemory } from '../memory.js';
import type { Moment, Outcome } from '../node-type.js';
import { toEvent, type Assignment, type Dimension } from './candidates.js';
import { answersClient } from './answers.js';
import type { WiredNode, Wiring } from './wiring.js';

/** What a message must satisfy to get to an answer: each step accepts it, or is left by this port. */
export type Demand = (event: RuleEvent, now: number) => boolean;

export interface AnswerPath {
  /** The id of the answering node. */
  node: string;
  demands: Demand[];
}

/** Beyond this a graph has more ways to answer than are worth reasoning over. */
const maxPaths = 48;
const maxSteps = 20_000;

/** The ways through a graph that end in an answer to the client. */
export function answerPaths(wiring: Wiring, context: { name: string; timezone: string }): AnswerPath[] {
  const paths: AnswerPath[] = [];
  const decisions = new Map<string, Decide | undefined>();
  let steps = 0;
  const decideOf = (wired: WiredNode): Decide | undefined => {
    const { node, nodeType, settings } = wired;
    if (!decisions.has(node.id)) {
      const own = { nodeId: node.id, timezone: context.timezone, ruleSet: context.name, expressions: neverAnswered };
      decisions.set(node.id, nodeType.compile?.(settings, own));
    }
    return decisions.get(node.id);
  };
  const follow = (wired: WiredNode, demands: readonly Demand[], passed: readonly string[]): void => {
    steps += 1;
    if (paths.length >= maxPaths || steps > maxSteps) return;
    if (answersClient(wired)) paths.push({ node: wired.node.id, demands: [...demands] });
    for (const [port, targets] of wired.exits) {
      const demand = leavesBy(wired, port, decideOf(wired));
      for (const target of targets) {
        const next = wiring.nodes.get(target);
        if (next && !passed.includes(target)) follow(next, demand ? [...demands, demand] : demands, [...passed, target]);
      }
    }
  };
  for (const trigger of wiring.triggers) {
    const accepts = trigger.nodeType.accepts?.(trigger.settings);
    if (accepts) follow(trigger, [accepts], [trigger.node.id]);
  }
  return paths;
}

type Decide = (moment: Moment) => MaybePromise<Outcome>;

/** Undefined where the node has but this one way out: nothing is demanded of the message then. */
function leavesBy({ node, ports }: WiredNode, port: string, decide: Decide | undefined): Demand | undefined {
  if (ports.length < 2 || node.disabled || !decide) return undefined;
  let isLater = false;
  return (event, now) => {
    if (isLater) return false;
    const outcome = decide({ event, now, memory: emptyMemory, variables: {} });
    // The search does not wait for expressions: a way through one is not known.
    isLater = outcome instanceof Promise;
    return 'go' in outcome && outcome.go === port;
  };
}

/** How much searching is left, in demands asked: shared by all paths of a pair of rule sets, so that a check always ends. */
export interface Budget {
  tries: number;
}

/**
 * Looks for a message that satisfies all demands: from the plainest one it changes one thing at a time, then two, each change
 * satisfying more than before. Finds what conditions on one or two things each ask for; may miss what takes three at once.
 */
export function findWitness(demands: readonly Demand[], dimensions: readonly Dimension[], budget: Budget): Assignment | undefined {
  let reached: Reached | undefined = weigh(new Map(dimensions.map(({ name, values }) => [name, values[0]])), demands, budget);
  while (reached && reached.score < demands.length && budget.tries > 0) {
    reached = changeOne(reached, demands, dimensions, budget) ?? changeTwo(reached, demands, dimensions, budget);
  }
  return reached?.score === demands.length ? reached.assignment : undefined;
}

interface Reached {
  assignment: Assignment;
  score: number;
}

function changeOne(from: Reached, demands: readonly Demand[], dimensions: readonly Dimension[], budget: Budget): Reached | undefined {
  for (const { name, values } of dimensions) {
    for (const value of values) {
      if (budget.tries <= 0) return undefined;
      const reached = weigh(new Map(from.assignment).set(name, value), demands, budget);
      if (reached.score > from.score) return reached;
    }
  }
  return undefined;
}

/** Conditions such as «this channel and that stage» give nothing until both are right. Long lists of values are left out. */
function changeTwo(from: Reached, demands: readonly Demand[], dimensions: readonly Dimension[], budget: Budget): Reached | undefined {
  const short = dimensions.filter(({ values }) => values.length <= 40);
  for (const [index, first] of short.entries()) {
    for (const value of first.values) {
      const changed = { assignment: new Map(from.assignment).set(first.name, value), score: from.score };
      const reached = changeOne(changed, demands, short.slice(index + 1), budget);
      if (reached) return reached;
    }
  }
  return undefined;
}

/** Counts the demands that hold. One that throws does not hold. */
function weigh(assignment: Assignment, demands: readonly Demand[], budget: Budget): Reached {
  budget.tries -= 1 + demands.length;
  const event = toEvent(assignment);
  const now = Date.parse(event.at);
  let score = 0;
  for (const demand of demands) {
    try {
      if (demand(event, now)) score += 1;
    } catch {
      continue;
    }
  }
  return { assignment, score };
}
