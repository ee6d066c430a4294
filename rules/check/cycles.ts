import { finding } from '../codes.js';
import type { Finding } from '../finding.js';
import { nameSteps } from './name-steps.js';
import type { Wiring } from './wiring.js';

/** Cycles that no waiting node interrupts, each once, named by its nodes in the order of the walk. */
export function checkCycles(wiring: Wiring): Finding[] {
  const findings: Finding[] = [];
  const done = new Set<string>();
  for (const start of wiring.nodes.keys()) {
    if (done.has(start)) continue;
    // The path of the walk, each node with the targets that it has not tried yet.
    const path: { id: string; rest: string[] }[] = [];
    const onPath = new Map<string, number>();
    const enter = (id: string) => {
      onPath.set(id, path.length);
      path.push({ id, rest: targetsWithoutWait(wiring, id) });
    };
    enter(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.shift();
      if (next === undefined) {
        done.add(top.id);
        onPath.delete(top.id);
        path.pop();
      } else if (onPath.has(next)) {
        const nodes = path.slice(onPath.get(next)).map(({ id }) => id);
        findings.push(finding('illegal-cycle', { node: next }, { nodes: nameSteps(wiring, [...nodes, next], ' → ') }));
      } else if (!done.has(next)) enter(next);
    }
  }
  return findings;
}

/** A cycle through a node that suspends the run is legal, so such a node leads nowhere here. */
function targetsWithoutWait(wiring: Wiring, id: string): string[] {
  const wired = wiring.nodes.get(id);
  if (!wired || wired.nodeType.family === 'wait') return [];
  return [...wired.exits.values()].flat();
}
