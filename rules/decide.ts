import type { CompiledGraph } from './compile.js';
import { evaluateAt } from './evaluate.js';
import type { RuleEvent } from './event.js';
import type { Memory } from './memory.js';
import { parseInstant } from './time/instant.js';
import type { Decision } from './trace.js';

export interface DecideOptions {
  /** The message was older than the account's answer age when it arrived: replies are held back as `late`. */
  late?: boolean;
}

/**
 * Takes an event through several rule sets in ascending priority. One that drops it ends the event for all later ones;
 * one that fails does not. Where there is more than one, each effect, step, reason and error carries `ruleSet`.
 * @param ruleSets in order of priority; their names are unique
 * @throws Error when `event.at` is no instant
 */
export function decide(ruleSets: readonly CompiledGraph[], event: RuleEvent, memory: Memory, options: DecideOptions = {}): Decision {
  const now = parseInstant(event.at);
  if (now === undefined) throw new Error(`The event's clock «${event.at}» is no RFC 3339 instant`);
  const [only] = ruleSets;
  if (only && ruleSets.length === 1) return evaluateAt(only, { event, now, memory }, options);

  const together: Decision = { status: 'passed', effects: [], trace: [], memory };
  for (const ruleSet of ruleSets) {
    const decision = evaluateAt(ruleSet, { event, now, memory: together.memory }, { ...options, ruleSet: ruleSet.name });
    together.effects.push(...decision.effects);
    together.trace.push(...decision.trace);
    together.memory = decision.memory;
    together.error ??= decision.error;
    if (decision.status !== 'passed') together.status = decision.status;
    if (decision.reason) {
      together.reason = decision.reason;
      break;
    }
  }
  return together;
}
