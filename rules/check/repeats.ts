import { finding } from '../codes.js';
import type { Finding } from '../finding.js';
import { answersClient } from './answers.js';
import type { Flow } from './flow.js';
import { nameSteps } from './name-steps.js';
import type { Wiring } from './wiring.js';

/** Answers in a circle that the clock alone keeps going: the client gets them again and again without having written. */
export function checkRepeats(wiring: Wiring, flow: Flow): Finding[] {
  const next = (id: string) => {
    const wired = wiring.nodes.get(id);
    if (!wired) return [];
    return [...wired.exits].flatMap(([port, targets]) => {
      const byReply = flow.claimsOf(wired, port).some((way) => way.some((claim) => claim.kind === 'anew' && claim.what === 'event'));
      return byReply ? [] : targets;
    });
  };
  const findings: Finding[] = [];
  const told = new Set<string>();
  for (const wired of wiring.nodes.values()) {
    if (told.has(wired.node.id) || !answersClient(wired)) continue;
    const circle = wayBack(wired.node.id, next);
    // Without a wait it is an error of its own; a limit ends it, and so may any other choice.
    const steps = circle?.flatMap((id) => wiring.nodes.get(id) ?? []);
    if (!steps?.some(({ nodeType, node }) => nodeType.family === 'wait' && !node.disabled)) continue;
    if (steps.some(({ nodeType, node }) => (nodeType.family === 'choice' || nodeType.family === 'filter') && !node.disabled)) continue;
    for (const { node } of steps) told.add(node.id);
    const ids = [...steps.map(({ node }) => node.id), wired.node.id];
    findings.push(
      finding('answers-endlessly', { node: wired.node.id, path: `nodes[${wired.index}]` }, { nodes: nameSteps(wiring, ids, ' → ') }),
    );
  }
  return findings;
}

/** The shortest circle through a node, beginning with it. */
function wayBack(start: string, next: (id: string) => readonly string[]): string[] | undefined {
  const from = new Map<string, string>();
  const pending = [start];
  for (let id = pending.shift(); id !== undefined; id = pending.shift()) {
    for (const target of next(id)) {
      if (target === start) {
        const circle = [id];
        for (let at = id; at !== start;) {
          at = from.get(at) ?? start;
          circle.unshift(at);
        }
        return circle;
      }
      if (from.has(target)) continue;
      from.set(target, id);
      pending.push(target);
    }
  }
  return undefined;
}
