import type { RuleEvent } from '../event.js';
import { waysFrom } from './conflicts.js';
import type { WiredNode } from './wiring.js';
import type { ReadyRuleSet } from './ready-rule-set.js';

/** Pairs of nodes, and of ways to them, that are tried for a pair of rule sets. */
const mostWays = 3;
const mostTries = 400;

/** Events that, by what is certain, get to a node of the one rule set and to a node of the other; to be verified by running them. */
export function* eventsOfBoth(
  first: ReadyRuleSet,
  second: ReadyRuleSet,
  isThere: (node: WiredNode) => boolean,
  isHere: (node: WiredNode) => boolean,
): Generator<{ here: string; there: string; event: RuleEvent }> {
  let tries = 0;
  const { reasoning } = first.flow;
  const [there, here] = [waysTo(first, isThere), waysTo(second, isHere)];
  for (const one of there) {
    for (const other of here) {
      if (++tries > mostTries) return;
      const facts = reasoning.merge(one.way.facts, other.way.facts);
      if (facts) yield { here: other.node, there: one.node, event: reasoning.toEvent(facts) };
    }
  }
}

function waysTo({ wiring, flow }: ReadyRuleSet, isWanted: (node: WiredNode) => boolean) {
  return [...wiring.nodes.values()]
    .filter(isWanted)
    .flatMap(({ node }) => waysFrom(flow.ways.get(node.id), mostWays).map((way) => ({ node: node.id, way })));
}
