import { defaultTimezone, splitPort, type GraphNode, type RuleGraph } from './graph.js';
import type { Accepts, Moment, NodeType, Outcome } from './node-type.js';

/** The node types that a graph may use, by their stored id. */
export type NodeTypes = ReadonlyMap<string, NodeType>;

/** Where a port leads. `drops`: a filter's `filtered` that has no edge, which drops the message. */
export interface Exit {
  to: readonly CompiledNode[];
  drops: boolean;
}

/** A node made ready: its settings are parsed and its edges followed once per version, never per message. */
export interface CompiledNode {
  id: string;
  decide: (moment: Moment) => Outcome;
  exits: ReadonlyMap<string, Exit>;
  /** Number of the run that visited this node last: a mark instead of a set, so that a run allocates nothing that grows with the graph. */
  visitedBy: number;
}

/** A version ready to evaluate; made by `compile`, read by `evaluate`. */
export interface CompiledGraph {
  /** The rule set's name. */
  name: string;
  timezone: string;
  triggers: readonly { node: CompiledNode; accepts: Accepts }[];
}

/**
 * Turns a graph into closures. Call it once per version and keep the result.
 * @param graph what `readGraph` returned
 * @throws Error when the graph was not checked by `readGraph` first (an unknown type, settings that the schema refuses)
 */
export function compile(graph: RuleGraph, nodeTypes: NodeTypes): CompiledGraph {
  const timezone = graph.timezone ?? defaultTimezone;
  const wires = wiresByPort(graph);
  const compiled = new Map<string, CompiledNode>();
  const exits = new Map<string, Map<string, Exit>>();
  const triggers: { node: CompiledNode; accepts: Accepts }[] = [];

  for (const node of graph.nodes) {
    const nodeType = nodeTypes.get(node.type);
    if (!nodeType) throw new Error(`Node ${node.id} is of the unknown type ${node.type}`);
    const settings = nodeType.settings.parse(node.settings);
    const ports = portsOf(nodeType, settings);
    // A disabled node that has no exit does nothing and leads nowhere: edges into it are edges into nothing.
    if (node.disabled && ports.length === 0) continue;
    const nodeExits = new Map<string, Exit>();
    const ready = { id: node.id, decide: decideOf(node, nodeType, settings, ports, graph.name, timezone), exits: nodeExits, visitedBy: 0 };
    exits.set(node.id, nodeExits);
    compiled.set(node.id, ready);
    if (nodeType.accepts && !node.disabled) triggers.push({ node: ready, accepts: nodeType.accepts(settings) });
    for (const port of ports) nodeExits.set(port, { to: [], drops: dropsWhenLoose(nodeType, port) });
  }

  for (const [id, nodeExits] of exits) {
    for (const port of nodeExits.keys()) {
      const targets = wires.get(`${id}.${port}`);
      if (targets) nodeExits.set(port, { to: targets.flatMap((target) => compiled.get(target) ?? []), drops: false });
    }
  }
  return { name: graph.name, timezone, triggers };
}

/** The exits of a node, in order. `settings` are the parsed ones. */
export function portsOf(nodeType: NodeType, settings: unknown): readonly string[] {
  return typeof nodeType.ports === 'function' ? nodeType.ports(settings) : nodeType.ports;
}

/** Whether a message that leaves by this port is dropped when no edge leads on. */
export function dropsWhenLoose(nodeType: NodeType, port: string): boolean {
  return nodeType.family === 'filter' && port === 'filtered';
}

/** The targets of every wired port, in file order, keyed `node.port`. */
export function wiresByPort(graph: RuleGraph): Map<string, string[]> {
  const wires = new Map<string, string[]>();
  for (const edge of graph.edges) {
    if (!splitPort(edge.from)) continue;
    const targets = wires.get(edge.from);
    if (targets) targets.push(edge.to);
    else wires.set(edge.from, [edge.to]);
  }
  return wires;
}

function decideOf(
  node: GraphNode,
  nodeType: NodeType,
  settings: unknown,
  ports: readonly string[],
  ruleSet: string,
  timezone: string,
): (moment: Moment) => Outcome {
  const [first = ''] = ports;
  if (node.disabled) return constant({ go: first, because: { key: 'disabled' } });
  if (nodeType.compile) return nodeType.compile(settings, { nodeId: node.id, timezone, ruleSet });
  return constant({ go: first });
}

function constant(outcome: Outcome): () => Outcome {
  return () => outcome;
}
