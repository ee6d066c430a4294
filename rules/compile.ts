import { defaultTimezone, splitPort, type GraphNode, type RuleGraph } from './graph.js';
import type { MakeExpression } from './expressions/expression.js';
import { inThisThread } from './expressions/make-expression.js';
import type { MaybePromise } from './later.js';
import type { Silence } from './memory.js';
import type { Accepts, CompileContext, Moment, Need, NodeType, Outcome, Wake, Woken } from './node-type.js';

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
  decide: (moment: Moment) => MaybePromise<Outcome>;
  /** Waiting nodes: what they decide when something wakes them. */
  wake: ((wake: Wake, moment: Moment) => Woken) | undefined;
  exits: ReadonlyMap<string, Exit>;
  /** Number of the run that visited this node last: a mark instead of a set, so that a run allocates nothing that grows with the graph. */
  visitedBy: number;
}

/** A version ready to evaluate; made by `compile`, read by `evaluate`. */
export interface CompiledGraph {
  /** The rule set's name. */
  name: string;
  /** The version's number where versions are kept: a run that waits goes on with the one it began with. */
  version: number | undefined;
  timezone: string;
  nodes: ReadonlyMap<string, CompiledNode>;
  triggers: readonly { node: CompiledNode; accepts: Accepts }[];
  /** Triggers of silence: whose, and for how long (ms). */
  silences: readonly { node: CompiledNode; from: Silence['from']; after: number }[];
  /** Triggers of the clock, with the next instant (ms) after a given one. */
  schedules: readonly { node: CompiledNode; next: (after: number) => number | undefined }[];
  /** Names of the rule sets that it runs as steps. */
  calls: readonly string[];
  /** What it reads of the memory beyond the conversation's own. */
  needs: readonly { node: string; need: Need }[];
}

/**
 * Turns a graph into closures. Call it once per version and keep the result.
 * @param graph what `readGraph` returned
 * @param version its number, where versions are kept
 * @param expressions where the graph's expressions are evaluated; absent: in the caller's thread
 * @throws Error when the graph was not checked by `readGraph` first (an unknown type, settings that the schema refuses)
 */
export function compile(
  graph: RuleGraph,
  nodeTypes: NodeTypes,
  version?: number,
  expressions: MakeExpression = inThisThread,
): CompiledGraph {
  const timezone = graph.timezone ?? defaultTimezone;
  const wires = wiresByPort(graph);
  const nodes = new Map<string, CompiledNode>();
  const exits = new Map<string, Map<string, Exit>>();
  const triggers: CompiledGraph['triggers'][number][] = [];
  const silences: CompiledGraph['silences'][number][] = [];
  const schedules: CompiledGraph['schedules'][number][] = [];
  const needs: CompiledGraph['needs'][number][] = [];
  const calls = new Set<string>();

  for (const node of graph.nodes) {
    const nodeType = nodeTypes.get(node.type);
    if (!nodeType) throw new Error(`Node ${node.id} is of the unknown type ${node.type}`);
    const settings = nodeType.settings.parse(node.settings);
    const ports = portsOf(nodeType, settings);
    // A disabled node that has no exit does nothing and leads nowhere: edges into it are edges into nothing.
    if (node.disabled && ports.length === 0) continue;
    const context = { nodeId: node.id, timezone, ruleSet: graph.name, expressions };
    const nodeExits = new Map<string, Exit>();
    for (const port of ports) nodeExits.set(port, { to: [], drops: dropsWhenLoose(nodeType, port) });
    const ready: CompiledNode = {
      id: node.id,
      decide: decideOf(node, nodeType, settings, ports, context),
      wake: nodeType.compileWake?.(settings, context),
      exits: nodeExits,
      visitedBy: 0,
    };
    exits.set(node.id, nodeExits);
    nodes.set(node.id, ready);
    if (node.disabled) continue;
    if (nodeType.accepts) triggers.push({ node: ready, accepts: nodeType.accepts(settings) });
    if (nodeType.silence) silences.push({ node: ready, ...nodeType.silence(settings) });
    if (nodeType.schedule) schedules.push({ node: ready, next: nodeType.schedule(settings, timezone) });
    for (const need of nodeType.needs?.(settings) ?? []) needs.push({ node: node.id, need });
    const called = nodeType.calls?.(settings);
    if (called !== undefined) calls.add(called);
  }

  for (const [id, nodeExits] of exits) {
    for (const port of nodeExits.keys()) {
      const targets = wires.get(`${id}.${port}`);
      if (targets) nodeExits.set(port, { to: targets.flatMap((target) => nodes.get(target) ?? []), drops: false });
    }
  }
  return { name: graph.name, version, timezone, nodes, triggers, silences, schedules, calls: [...calls], needs };
}

/** The exits of a node, in order. `settings` are the parsed ones. */
export function portsOf(nodeType: NodeType, settings: unknown): readonly string[] {
  return typeof nodeType.ports === 'function' ? nodeType.ports(settings) : nodeType.ports;
}

/** The exits that an admin expects to be wired. `settings` are the parsed ones. */
export function expectedPortsOf(nodeType: NodeType, settings: unknown): readonly string[] {
  const { expectedPorts = [] } = nodeType;
  return typeof expectedPorts === 'function' ? expectedPorts(settings) : expectedPorts;
}

/** Whether an event that leaves by this port is dropped when no edge leads on: a filter's, and what a called rule set dropped. */
export function dropsWhenLoose(nodeType: NodeType, port: string): boolean {
  return (nodeType.family === 'filter' && port === 'filtered') || (nodeType.calls !== undefined && port === 'dropped');
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
  context: CompileContext,
): CompiledNode['decide'] {
  const [first = ''] = ports;
  if (node.disabled) return constant({ go: first, because: { key: 'disabled' } });
  return nodeType.compile?.(settings, context) ?? constant({ go: first });
}

function constant(outcome: Outcome): () => Outcome {
  return () => outcome;
}
