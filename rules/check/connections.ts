import { finding } from '../codes.js';
import { expectedPortsOf } from '../compile.js';
import type { Finding } from '../finding.js';
import type { RuleGraph } from '../graph.js';
import { namePort, nameStep } from './name-steps.js';
import type { WiredNode, Wiring } from './wiring.js';

/** Nodes that nothing reaches or that lead nowhere, loose ports, edges that are there twice. */
export function checkConnections(graph: RuleGraph, wiring: Wiring): Finding[] {
  const findings: Finding[] = [];
  if (wiring.triggers.length === 0) findings.push(finding('no-trigger', {}));
  const reached = wiring.reach(wiring.triggers.map(({ node }) => node.id));
  const off = wiring.reach(disabledTriggers(wiring));
  for (const wired of wiring.nodes.values()) {
    const { node, nodeType } = wired;
    const place = { node: node.id, path: `nodes[${wired.index}]` };
    if (!reached.has(node.id)) {
      // A disabled trigger and what hangs on it are off on purpose; without any trigger one finding says it all.
      if (nodeType.family !== 'trigger' && wiring.triggers.length > 0 && !off.has(node.id)) findings.push(finding('unreachable', place));
    } else if (isDeadEnd(wired)) findings.push(finding('dead-end', place));
    else if (!node.disabled) findings.push(...loosePorts(wired, place));
  }
  return [...findings, ...twins(wiring), ...doubledEdges(graph)];
}

function disabledTriggers(wiring: Wiring): string[] {
  return [...wiring.nodes.values()]
    .filter(({ node, nodeType }) => node.disabled && nodeType.family === 'trigger')
    .map(({ node }) => node.id);
}

/** A trigger or a choice that nothing follows. A filter acts by dropping, an action and an end by themselves. */
function isDeadEnd({ nodeType, exits }: WiredNode): boolean {
  return exits.size === 0 && (nodeType.family === 'trigger' || nodeType.family === 'choice');
}

function loosePorts(wired: WiredNode, place: { node: string; path: string }): Finding[] {
  return [...new Set(expectedPortsOf(wired.nodeType, wired.settings))]
    .filter((port) => wired.ports.includes(port) && !wired.exits.has(port))
    .map((port) => finding('loose-port', place, { port: namePort(wired.nodeType, port) }));
}

/** An action that stands beside its like on one port, as one that was pasted twice. */
function twins(wiring: Wiring): Finding[] {
  const ports = [...wiring.nodes.values()].flatMap(({ exits }) => [...exits.values()]);
  const told = new Set<string>();
  return ports.flatMap((targets) => {
    const seen = new Map<string, string>();
    return [...new Set(targets)].flatMap((id) => {
      const wired = wiring.nodes.get(id);
      if (!wired || wired.node.disabled || wired.nodeType.family !== 'action') return [];
      const key = JSON.stringify([wired.node.type, wired.settings]);
      const other = seen.get(key);
      if (other === undefined) seen.set(key, id);
      if (other === undefined || told.has(id)) return [];
      told.add(id);
      return [finding('twin-node', { node: id, path: `nodes[${wired.index}]` }, { other: nameStep(wiring, other) })];
    });
  });
}

function doubledEdges(graph: RuleGraph): Finding[] {
  const seen = new Set<string>();
  return graph.edges.flatMap((edge, index) => {
    const key = `${edge.from} ${edge.to}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [finding('duplicate-edge', { path: `edges[${index}]` }, { from: edge.from, to: edge.to })];
  });
}
