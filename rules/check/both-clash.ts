import { finding, type CodeName } from '../codes.js';
import { decide } from '../decide.js';
import type { RuleEvent } from '../event.js';
import type { Finding } from '../finding.js';
import { defaultTimezone } from '../graph.js';
import { emptyMemory } from '../memory.js';
import { asksOf, clashes, type Clash } from './conflicts.js';
import { atOnce } from './at-once.js';
import { eventsOfBoth } from './events-of-both.js';
import { nameStep } from './name-steps.js';
import { shortenEvent } from './shorten.js';
import { tellWitness } from './tell-witness.js';
import type { WiredNode } from './wiring.js';
import type { ReadyRuleSet } from './ready-rule-set.js';

const judged: { clash: Clash; code: CodeName }[] = [
  { clash: clashes.stage, code: 'both-set-stage' },
  { clash: clashes.responsible, code: 'both-assign' },
];

/** Finds messages for which two rule sets set different stages, or assign different users. */
export function findBothClash(first: ReadyRuleSet, second: ReadyRuleSet): { finding: Finding; witness: RuleEvent }[] {
  return judged.flatMap(({ clash, code }) => {
    const asks = (node: WiredNode) => asksOf(node).includes(clash.first);
    for (const { event } of eventsOfBoth(first, second, asks, asks)) {
      const found = clashOn(first, second, clash, event);
      if (!found) continue;
      const witness = shortenEvent(event, (shorter) => clashOn(first, second, clash, shorter) !== undefined);
      const values = {
        ...found,
        here: nameStep(second.wiring, found.here),
        there: nameStep(first.wiring, found.there),
        other: first.graph.name,
        witness: tellWitness(witness, second.graph.timezone ?? defaultTimezone),
      };
      return [{ finding: finding(code, { node: found.here }, values), witness }];
    }
    return [];
  });
}

/** The last of what each asks for is what it leaves. */
function clashOn(first: ReadyRuleSet, second: ReadyRuleSet, clash: Clash, event: RuleEvent) {
  const decision = atOnce(decide([first.compiled, second.compiled], event, emptyMemory));
  const [there, here] = [first, second].map(({ compiled }) =>
    decision?.effects.findLast(({ type, ruleSet }) => type === clash.first && ruleSet === compiled.name),
  );
  const values = there && here && clash.compare(there, here);
  return values && { ...values, here: here.node, there: there.node };
}
