import type { Claim } from '../claim.js';
import { finding } from '../codes.js';
import type { Bilingual } from '../bilingual.js';
import type { Finding } from '../finding.js';
import type { Flow } from './flow.js';
import { namePort, nameSteps } from './name-steps.js';
import type { WiredNode, Wiring } from './wiring.js';

/** Ports by which no event can leave, because of what the steps before have made certain, or of the settings themselves. */
export function checkNeverLeft(wiring: Wiring, flow: Flow): Finding[] {
  const findings: Finding[] = [];
  for (const wired of wiring.nodes.values()) {
    const { node, nodeType, index } = wired;
    const ways = flow.ways.get(node.id);
    // A single port is no choice, and what a trigger accepts is its own business.
    if (!ways?.length || node.disabled || nodeType.family === 'trigger' || wired.ports.length < 2 || !nodeType.claims) continue;
    const never = wired.ports.filter((port) => !flow.left.get(node.id)?.has(port));
    const place = { node: node.id, path: `nodes[${index}]` };
    for (const port of told(wired, never)) {
      const because = explain(wired, port, flow, wiring);
      // Hours round the clock are hours like others: nothing is wrong with them but where another port was meant to be taken.
      const isAlways = because === ownSettings && !wired.exits.has(port) && flow.claimsOf(wired, port).some((way) => way.some(isHours));
      if (because && !isAlways) findings.push(toFinding(wired, port, place, because, never));
    }
  }
  return findings;
}

/** Which of the dead ports are worth a word: those with an edge, and those of a choice that has become none. */
function told({ ports, exits, nodeType }: WiredNode, never: readonly string[]): readonly string[] {
  if (nodeType.family === 'filter') return never.slice(0, 1);
  const wired = never.filter((port) => exits.has(port));
  if (wired.length > 0) return wired;
  return ports.length === 2 ? never.slice(0, 1) : [];
}

/** Names the steps that rule the port out; undefined where the node's own check tells of it already. */
function explain(wired: WiredNode, port: string, flow: Flow, wiring: Wiring): Bilingual | undefined {
  const claims = flow.claimsOf(wired, port);
  if (claims.length === 0) return wired.nodeType.family === 'filter' ? undefined : ownSettings;
  const causes = new Set(flow.ways.get(wired.node.id)?.flatMap(({ facts }) => flow.reasoning.causes(facts, claims, wired.node.id)));
  if (causes.size === 0) return flow.reasoning.lacksChannel(claims) ? noChannel : ownSettings;
  const nodes = nameSteps(wiring, [...causes].slice(0, 3));
  return causes.size === 1
    ? { ru: `это уже решил шаг ${nodes.ru}`, en: `the step ${nodes.en} has decided that already` }
    : { ru: `это уже решили шаги ${nodes.ru}`, en: `the steps ${nodes.en} have decided that already` };
}

function isHours({ kind }: Claim): boolean {
  return kind === 'hours';
}

const noChannel: Bilingual = { ru: 'таких каналов в компании нет', en: 'the company has no such channels' };
const ownSettings: Bilingual = { ru: 'так заданы сами настройки шага', en: 'the settings of the step themselves make it so' };

function toFinding(
  { nodeType, exits }: WiredNode,
  port: string,
  place: { node: string; path: string },
  because: Bilingual,
  never: readonly string[],
): Finding {
  const values = { port: namePort(nodeType, port), because };
  if (nodeType.family === 'filter') return finding(port === 'pass' ? 'filter-never-passes' : 'filter-never-filters', place, values);
  return finding(exits.has(port) || never.length > 1 ? 'port-never-left' : 'choice-needless', place, values);
}
