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
  const dropped: RuleEvent[] = [];
  let tried = 0;
  for (const event of samples(first, second, account)) {
    if (++tried > most) break;
    if (!second.compiled.triggers.some(({ accepts }) => accepts(event))) continue;
    // Most rule sets drop nothing: the first message tells.
    if (!isDropped(first, event)) return undefined;
    dropped.push(event);
  }
  const [witness] = dropped;
  if (!witness || dropped.length < least) return undefined;
  const values = { other: first.graph.name, witness: tellWitness(witness, second.graph.timezone ?? defaultTimezone) };
  return { finding: finding('never-runs', { node: trigger.node.id }, values), witness };
}

/** What each way through either graph asks for, and the plainest message with one thing changed at a time. */
function* samples(first: ReadyRuleSet, second: ReadyRuleSet, account?: AccountDirectory): Iterable<RuleEvent> {
  const built = [first, second].flatMap(({ flow }) =>
    [...flow.ways.values()].flatMap((ways) => waysFrom(ways, 2).map(({ facts }) => flow.reasoning.toEvent(facts))),
  );
  yield* built.slice(0, most / 2);
  const dimensions = gatherDimensions([first.graph, second.graph], account);
  const plainest = dimensions.map(({ name, values }) => [name, values[0]] as const);
  for (const { name, values } of dimensions) for (const value of values.slice(0, 30)) yield toEvent(new Map(plainest).set(name, value));
}

function isDropped({ compiled }: ReadyRuleSet, event: RuleEvent): boolean {
  return atOnce(evaluate(compiled, event, emptyMemory))?.status === 'filtered';
}
