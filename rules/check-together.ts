import { gatherDimensions, toEvent, type Assignment } from './check/candidates.js';
import { answerPaths, findWitness, type Budget } from './check/witness.js';
import { wire } from './check/wiring.js';
import { finding } from './codes.js';
import { compile, type CompiledGraph, type NodeTypes } from './compile.js';
import { decide } from './decide.js';
import type { RuleEvent } from './event.js';
import type { AccountDirectory, Finding } from './finding.js';
import { defaultTimezone, type RuleGraph } from './graph.js';
import { emptyMemory } from './memory.js';

/** Two rule sets that answer one message. */
export interface TogetherFinding {
  /** The place in the given list of the rule set that answers second; the finding names its node. */
  index: number;
  /** The place of the one that answers first. */
  other: number;
  finding: Finding;
  /** A message that both answer, verified by running both. */
  witness: RuleEvent;
}

/** Enough for the rule sets of a desk; a pair that needs more is left without a finding rather than the admin waiting. */
const triesPerPair = 400_000;

/**
 * Finds pairs of rule sets that answer one message, by searching for such a message among the words, windows, channels and
 * conditions that the graphs name, and running both on it. A pair without a finding may still have one that the search missed.
 * @param graphs what `readGraph` returned, in order of priority
 * @param account its channels are the ones that a message can come from; without it channels are supposed from the graphs' own lists
 */
export function checkTogether(graphs: readonly RuleGraph[], nodeTypes: NodeTypes, account?: AccountDirectory): TogetherFinding[] {
  const ready = graphs.map((graph, place) => {
    const context = { name: graph.name, timezone: graph.timezone ?? defaultTimezone };
    // Known by place here: two graphs of one name are another finding, and this one still holds.
    return { graph, compiled: compile({ ...graph, name: String(place) }, nodeTypes), paths: answerPaths(wire(graph, nodeTypes), context) };
  });
  return ready.flatMap((second, index) =>
    ready.slice(0, index).flatMap((first, other): TogetherFinding[] => {
      const found = findBothAnswer(first, second, account);
      return found ? [{ index, other, ...found }] : [];
    }),
  );
}

interface Ready {
  graph: RuleGraph;
  compiled: CompiledGraph;
  paths: ReturnType<typeof answerPaths>;
}

function findBothAnswer(first: Ready, second: Ready, account?: AccountDirectory): { finding: Finding; witness: RuleEvent } | undefined {
  const dimensions = gatherDimensions([first.graph, second.graph], account);
  const budget: Budget = { tries: triesPerPair };
  for (const there of first.paths) {
    for (const here of second.paths) {
      if (budget.tries <= 0) return undefined;
      const found = findWitness([...there.demands, ...here.demands], dimensions, budget);
      if (!found || !bothAnswer(first.compiled, second.compiled, toEvent(found))) continue;
      const witness = toEvent(shorten(found, (shorter) => bothAnswer(first.compiled, second.compiled, toEvent(shorter))));
      const values = {
        here: here.node,
        there: there.node,
        other: first.graph.name,
        witness: JSON.stringify({ ...witness, id: undefined }),
      };
      return { finding: finding('both-answer', { node: here.node }, values), witness };
    }
  }
  return undefined;
}

function bothAnswer(first: CompiledGraph, second: CompiledGraph, event: RuleEvent): boolean {
  const decision = decide([first, second], event, emptyMemory);
  // What an expression says is known only later; such a pair is left without a finding.
  if (decision instanceof Promise) {
    decision.catch(() => {});
    return false;
  }
  const answered = new Set(decision.effects.filter(({ type }) => type === 'send-message').map(({ ruleSet }) => ruleSet));
  return answered.size === 2;
}

/** Leaves out of a witness what it does not need, so that a person sees what matters. */
function shorten(assignment: Assignment, holds: (shorter: Assignment) => boolean): Assignment {
  let kept = assignment;
  for (const name of assignment.keys()) {
    if (name === 'type') continue;
    const shorter = new Map(kept);
    shorter.delete(name);
    if (holds(shorter)) kept = shorter;
  }
  return kept;
}
