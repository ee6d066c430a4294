import { finding } from '../codes.js';
import type { Finding } from '../finding.js';
import type { AccountDirectory } from '../finding.js';
import { nameStep } from './name-steps.js';
import type { WiredNode, Wiring } from './wiring.js';

/** A rule set with its name, as far as calls are concerned. */
interface Named {
  name: string;
  wiring: Wiring;
}

/** Calls of a graph on its own: of itself, and of what the account does not have. */
export function checkOwnCalls({ name, wiring }: Named, account: AccountDirectory | undefined): Finding[] {
  return callsOf(wiring).flatMap(({ wired, called }): Finding[] => {
    const place = placeOf(wired);
    if (called === name) return [finding('calls-itself', place, { names: `${name} → ${name}` })];
    const isKnown = !account?.ruleSets || account.ruleSets.some((known) => known.name === called);
    return isKnown ? [] : [finding('unknown-rule-set', place, { name: called })];
  });
}

/** Calls among several rule sets: in a circle, of one that waits, and of one that is not there. */
export function checkCalls(ruleSets: readonly Named[], account: AccountDirectory | undefined): { index: number; finding: Finding }[] {
  const byName = new Map(ruleSets.map((one) => [one.name, one]));
  return ruleSets.flatMap(({ name, wiring }, index) =>
    callsOf(wiring).flatMap(({ wired, called }) => {
      const place = placeOf(wired);
      const there = byName.get(called);
      // What is wrong with a graph alone was found with it.
      if (called === name) return [];
      if (!there) return account?.ruleSets ? [] : [{ index, finding: finding('unknown-rule-set', place, { name: called }) }];
      const findings: Finding[] = [];
      const circle = wayTo(name, called, byName);
      if (circle) findings.push(finding('calls-itself', place, { names: [name, ...circle].join(' → ') }));
      const waiting = reachedNodes(there.wiring).find(({ node, nodeType }) => nodeType.family === 'wait' && !node.disabled);
      if (waiting) findings.push(finding('called-waits', place, { name: called, there: nameStep(there.wiring, waiting.node.id) }));
      return findings.map((one) => ({ index, finding: one }));
    }),
  );
}

function callsOf(wiring: Wiring): { wired: WiredNode; called: string }[] {
  return reachedNodes(wiring).flatMap((wired) => {
    const called = wired.node.disabled ? undefined : wired.nodeType.calls?.(wired.settings);
    return called === undefined ? [] : [{ wired, called }];
  });
}

function reachedNodes(wiring: Wiring): WiredNode[] {
  const reached = wiring.reach(wiring.triggers.map(({ node }) => node.id));
  return [...wiring.nodes.values()].filter(({ node }) => reached.has(node.id));
}

/** Names from one rule set to another along calls. */
function wayTo(goal: string, from: string, byName: ReadonlyMap<string, Named>, seen: readonly string[] = []): string[] | undefined {
  if (from === goal) return [from];
  const there = byName.get(from);
  if (!there || seen.includes(from)) return undefined;
  for (const { called } of callsOf(there.wiring)) {
    const rest = wayTo(goal, called, byName, [...seen, from]);
    if (rest) return [from, ...rest];
  }
  return undefined;
}

function placeOf({ node, index }: WiredNode): { node: string; path: string } {
  return { node: node.id, path: `nodes[${index}].settings` };
}
