import { finding } from '../codes.js';
import type { Finding } from '../finding.js';
import { defaultTimezone } from '../graph.js';
import { nameStep } from './name-steps.js';
import type { WiredNode, Wiring } from './wiring.js';

/** Steps that drop every message before anything was done with it, so that all behind them is for nothing. */
export function checkDrops(wiring: Wiring): Finding[] {
  const findings: Finding[] = [];
  for (const trigger of wiring.triggers) {
    if (isNarrow(trigger)) continue;
    const drop = firstDrop(trigger, wiring);
    if (drop)
      findings.push(
        finding('drops-everything', { node: drop.node.id, path: `nodes[${drop.index}]` }, { trigger: nameStep(wiring, trigger.node.id) }),
      );
  }
  return findings;
}

/** Whether the trigger itself chooses among events of its kind: what it chooses may be meant to be dropped. */
function isNarrow({ nodeType, settings, ports }: WiredNode): boolean {
  const claims = nodeType.claims?.(settings, { timezone: defaultTimezone })(ports[0] ?? '') ?? [];
  return claims.some((way) => way.some(({ kind }) => kind !== 'types'));
}

/** The end that a message meets without a choice on the way and before any action. */
function firstDrop(trigger: WiredNode, wiring: Wiring): WiredNode | undefined {
  const seen = new Set<string>();
  let at: WiredNode | undefined = trigger;
  while (at && !seen.has(at.node.id)) {
    seen.add(at.node.id);
    const { family } = at.nodeType;
    if (family === 'end' && !at.node.disabled) return at;
    if (!at.node.disabled && family !== 'trigger') return undefined;
    // Of several branches the first goes to its end before the others begin.
    const [first]: (readonly string[])[] = [...at.exits.values()];
    at = wiring.nodes.get(first?.[0] ?? '');
  }
  return undefined;
}
