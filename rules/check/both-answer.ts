import { finding } from '../codes.js';
import type { CompiledGraph } from '../compile.js';
import { decide } from '../decide.js';
import type { RuleEvent } from '../event.js';
import type { AccountDirectory, Finding } from '../finding.js';
import { defaultTimezone } from '../graph.js';
import { emptyMemory } from '../memory.js';
import { answersClient } from './answers.js';
import { gatherDimensions, toEvent } from './candidates.js';
import { atOnce } from './at-once.js';
import { eventsOfBoth } from './events-of-both.js';
import { nameStep } from './name-steps.js';
import { shortenEvent } from './shorten.js';
import { tellWitness } from './tell-witness.js';
import { answerPaths, findWitness, type Budget } from './witness.js';
import type { ReadyRuleSet } from './ready-rule-set.js';

/** Enough for what the facts cannot say; a pair that needs more is left without a finding rather than the admin waiting. */
const triesPerPair = 40_000;

/** Finds a message that two rule sets answer. */
export function findBothAnswer(
  first: ReadyRuleSet,
  second: ReadyRuleSet,
  account?: AccountDirectory,
): { finding: Finding; witness: RuleEvent } | undefined {
  for (const { here, there, event } of eventsOfBoth(first, second, answersClient, answersClient)) {
    if (bothAnswer(first.compiled, second.compiled, event)) return tell(first, second, here, there, event);
  }
  const [theirs, ours] = [pathsOf(first), pathsOf(second)];
  if (theirs.length === 0 || ours.length === 0) return undefined;
  const dimensions = gatherDimensions([first.graph, second.graph], account);
  const budget: Budget = { tries: triesPerPair };
  for (const there of theirs) {
    for (const here of ours) {
      if (budget.tries <= 0) return undefined;
      const found = findWitness([...there.demands, ...here.demands], dimensions, budget);
      const event = found && toEvent(found);
      if (event && bothAnswer(first.compiled, second.compiled, event)) return tell(first, second, here.node, there.node, event);
    }
  }
  return undefined;
}

function tell(first: ReadyRuleSet, second: ReadyRuleSet, here: string, there: string, event: RuleEvent) {
  const witness = shortenEvent(event, (shorter) => bothAnswer(first.compiled, second.compiled, shorter));
  const values = {
    here: nameStep(second.wiring, here),
    there: nameStep(first.wiring, there),
    other: first.graph.name,
    witness: tellWitness(witness, second.graph.timezone ?? defaultTimezone),
  };
  return { finding: finding('both-answer', { node: here }, values), witness };
}

function pathsOf({ wiring, graph }: ReadyRuleSet) {
  return answerPaths(wiring, { name: graph.name, timezone: graph.timezone ?? defaultTimezone });
}

function bothAnswer(first: CompiledGraph, second: CompiledGraph, event: RuleEvent): boolean {
  const decision = atOnce(decide([first, second], event, emptyMemory));
  const answered = new Set(decision?.effects.filter(({ type }) => type === 'send-message').map(({ ruleSet }) => ruleSet));
  return answered.size === 2;
}
