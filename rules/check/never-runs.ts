import { finding } from '../codes.js';
import { evaluate } from '../evaluate.js';
import type { RuleEvent } from '../event.js';
import type { AccountDirectory, Finding } from '../finding.js';
import { defaultTimezone } from '../graph.js';
import { emptyMemory } from '../memory.js';
import { atOnce } from './at-once.js';
import { gatherDimensions, toEvent } from './candidates.js';
import { waysFrom } from './conflicts.js';
import type { ReadyRuleSet } from './ready-rule-set.js';
import { tellWitness } from './tell-witness.js';

/** Messages that are tried; fewer that the later rule set accepts than the least prove nothing. */
const most = 400;
const least = 8;

/** Whether the first rule set drops every message that the second accepts, of all that could be thought of. */
export function findSilenced(
  first: ReadyRuleSet,
  second: ReadyRuleSet,
  account?: AccountDirectory,
): { finding: Finding; witness: RuleEvent } | undefined {
  const [trigger] = second.wiring.triggers;
  // What drops nothing silences nobody, and triggers of silence and of the clock are not kept from starting.
  if (!trigger || second.compiled.triggers.length < second.wiring.triggers.length) return undefined;
  const accepted = samples(first, second, account).filter((event) => second.compiled.triggers.some(({ accepts }) => accepts(event)));
  if (accepted.length < least || !accepted.every((event) => isDropped(first, event))) return undefined;
  const [witness] = accepted;
  if (!witness) return undefined;
  const values = { other: first.graph.name, witness: tellWitness(witness, second.graph.timezone ?? defaultTimezone) };
  return { finding: finding('never-runs', { node: trigger.node.id }, values), witness };
}

/** What each way through either graph asks for, and the plainest message with one thing changed at a time. */
function samples(first: ReadyRuleSet, second: ReadyRuleSet, account?: AccountDirectory): RuleEvent[] {
  const built = [first, second].flatMap(({ flow }) =>
    [...flow.ways.values()].flatMap((ways) => waysFrom(ways, 2).map(({ facts }) => flow.reasoning.toEvent(facts))),
  );
  const dimensions = gatherDimensions([first.graph, second.graph], account);
  const plainest = dimensions.map(({ name, values }) => [name, values[0]] as const);
  const changed = dimensions.flatMap(({ name, values }) => values.slice(0, 30).map((value) => toEvent(new Map(plainest).set(name, value))));
  return [...built.slice(0, most / 2), ...changed].slice(0, most);
}

function isDropped({ compiled }: ReadyRuleSet, event: RuleEvent): boolean {
  return atOnce(evaluate(compiled, event, emptyMemory))?.status === 'filtered';
}
