import { finding } from '../codes.js';
import type { Finding } from '../finding.js';
import { doesMoreThanAnswer } from './answers.js';
import { nameSteps } from './name-steps.js';
import type { WiredNode, Wiring } from './wiring.js';

/** How many nodes a finding names before it says «…». */
const namedNodes = 3;

/** Filters whose loose `filtered` keeps a message from more than an answer. */
export function checkFilters(wiring: Wiring): Finding[] {
  const findings: Finding[] = [];
  if (![...wiring.nodes.values()].some(doesMoreThanAnswer)) return findings;
  const ports = [...wiring.nodes.values()].flatMap(({ exits }) => [...exits.values()]);
  const forks = [...ports, wiring.triggers.map(({ node }) => node.id)].filter((branches) => branches.length > 1);
  for (const wired of wiring.nodes.values()) {
    if (!wiring.drops(wired, 'filtered')) continue;
    const kept = keptFrom(wired, wiring, forks).filter((id) => {
      const other = wiring.nodes.get(id);
      return other && doesMoreThanAnswer(other);
    });
    if (kept.length === 0) continue;
    const { ru, en } = nameSteps(wiring, kept.slice(0, namedNodes));
    const more = kept.length > namedNodes ? '…' : '';
    findings.push(
      finding('filter-stops-more', { node: wired.node.id, path: `nodes[${wired.index}]` }, { nodes: { ru: ru + more, en: en + more } }),
    );
  }
  return findings;
}

/**
 * What a message dropped here never gets to: everything behind the filter, and the branches that wait for their turn when the
 * walk is in this one, which are the later edges of the ports on the way here and the later triggers.
 */
function keptFrom(filter: WiredNode, wiring: Wiring, forks: readonly (readonly string[])[]): string[] {
  const wayHere = wiring.leadingTo(filter.node.id);
  const earlier: string[] = [];
  const later = [...filter.exits.values()].flat();
  for (const branches of forks) {
    const taken = branches.findIndex((branch) => wayHere.has(branch));
    if (taken < 0) continue;
    earlier.push(...branches.slice(0, taken));
    later.push(...branches.slice(taken + 1));
  }
  const done = wiring.reach(earlier);
  return [...wiring.reach(later)].filter((node) => !done.has(node) && !wayHere.has(node));
}
