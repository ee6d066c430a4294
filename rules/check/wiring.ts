import type { NodeTypes } from '../compile.js';
import { dropsWhenLoose, portsOf, wiresByPort } from '../compile.js';
import type { GraphNode, RuleGraph } from '../graph.js';
import type { NodeType } from '../node-type.js';

/** A node with what the checks ask of it again and again. */
export interface WiredNode {
  node: GraphNode;
  /** Place in the file, for paths. */
  index: number;
  nodeType: NodeType;
  settings: unknown;
  ports: readonly string[];
  /** The targets of each wired port, in file order. */
  exits: ReadonlyMap<string, readonly string[]>;
}

/** A graph as the checks see it: nodes with their exits, and what can be reached from where. */
export interface Wiring {
  nodes: ReadonlyMap<string, WiredNode>;
  triggers: readonly WiredNode[];
  /** Nodes that some path leads to from these, themselves included. */
  reach(from: Iterable<string>): Set<string>;
  /** Nodes from which some path leads to this one, itself included. */
  leadingTo(id: string): Set<string>;
  /** Whether leaving by this port drops the message. */
  drops(node: WiredNode, port: string): boolean;
}

/** @param graph what `readGraph` returned, so that every type is known and all settings parse */
export function wire(graph: RuleGraph, nodeTypes: NodeTypes): Wiring {
  const wires = wiresByPort(graph);
  const nodes = new Map<string, WiredNode>();
  for (const [index, node] of graph.nodes.entries()) {
    const nodeType = nodeTypes.get(node.type);
    if (!nodeType) continue;
    const settings = nodeType.settings.parse(node.settings);
    const ports = portsOf(nodeType, settings);
    // A disabled node passes on by its first port, whatever hangs on the others.
    const open = node.disabled ? ports.slice(0, 1) : ports;
    const exits = new Map(
      open.flatMap((port) => [[port, wires.get(`${node.id}.${port}`) ?? []] as const]).filter(([, to]) => to.length > 0),
    );
    nodes.set(node.id, { node, index, nodeType, settings, ports, exits });
  }
  const sources = new Map<string, string[]>();
  for (const { node, exits } of nodes.values()) {
    for (const target of [...exits.values()].flat()) sources.set(target, [...(sources.get(target) ?? []), node.id]);
  }
  return {
    nodes,
    triggers: [...nodes.values()].filter(({ node, nodeType }) => nodeType.family === 'trigger' && !node.disabled),
    reach: (from) => closure(from, (id) => [...(nodes.get(id)?.exits.values() ?? [])].flat()),
    leadingTo: (id) => closure([id], (node) => sources.get(node) ?? []),
    drops: ({ node, nodeType, exits }, port) => !node.disabled && dropsWhenLoose(nodeType, port) && !exits.has(port),
  };
}

function closure(from: Iterable<string>, next: (id: string) => readonly string[]): Set<string> {
  const seen = new Set<string>();
  const pending = [...from];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    pending.push(...next(id));
  }
  return seen;
}
