import { dropsWhenLoose, portsOf, wiresByPort, type NodeTypes } from './compile.js';
import type { RuleGraph } from './graph.js';
import type { RunLine } from './run-line.js';

/** What reached a place: the embedded tests, or events that were played. */
export type Reacher = 'tests' | 'events';

/** How often each reached a place. */
export type Reached = Record<Reacher, number>;

/** How many places there are, and how many of them were reached at least once. */
export interface Share {
  all: number;
  tests: number;
  events: number;
  /** By either. */
  reached: number;
}

export interface PortCoverage {
  port: string;
  /** Where its edges lead; a port without one is a place all the same. */
  to: string[];
  reached: Reached;
}

export interface NodeCoverage {
  node: string;
  type: string;
  title?: string;
  /** Switched off: counted in no share. */
  disabled: boolean;
  /** Steps of the node, also those where it waits, drops or fails. */
  reached: Reached;
  /** Steps that ended the run in an error. */
  errors: Reached;
  ports: PortCoverage[];
}

/** Which places of one graph were reached. */
export interface GraphCoverage {
  ruleSet: string;
  nodes: NodeCoverage[];
  shares: { nodes: Share; ports: Share };
}

/** Counts, line by line, what decisions reach; no line is kept. */
export interface CoverageCount {
  /** Takes one printed line in. Of several graphs, each step says whose it is; `own` is the graph of steps that do not. */
  add(line: Pick<RunLine, 'trace'>, by: Reacher, own?: string): void;
  result(): GraphCoverage[];
}

/**
 * Starts a count over graphs that run together.
 * @param graphs what `readGraph` returned; their names are unique
 */
export function countCoverage(graphs: readonly RuleGraph[], nodeTypes: NodeTypes): CoverageCount {
  const places = new Map(graphs.map((graph) => [graph.name, placesOf(graph, nodeTypes)]));
  const only = graphs.length === 1 ? graphs[0]?.name : undefined;
  return {
    add({ trace }, by, own = only) {
      for (const [node, port, ...rest] of trace) {
        const last = rest.at(-1);
        const ruleSet = typeof last === 'object' ? last.ruleSet : own;
        const place = ruleSet === undefined ? undefined : places.get(ruleSet)?.get(node);
        if (!place) continue;
        place.coverage.reached[by] += 1;
        if (port === 'error' && !place.ports.has('error')) place.coverage.errors[by] += 1;
        // A filter whose exit has no edge drops: that is how this exit is seen in a trace.
        const left = place.ports.get(port === 'drop' ? (place.dropping ?? port) : port);
        if (left) left.reached[by] += 1;
      }
    },
    result: () =>
      [...places].map(([ruleSet, found]) => {
        const nodes = [...found.values()].map(({ coverage }) => coverage);
        const counted = nodes.filter(({ disabled }) => !disabled);
        return { ruleSet, nodes, shares: { nodes: shareOf(counted), ports: shareOf(counted.flatMap(({ ports }) => ports)) } };
      }),
  };
}

interface Place {
  coverage: NodeCoverage;
  ports: ReadonlyMap<string, PortCoverage>;
  /** The exit without an edge that drops the message. */
  dropping: string | undefined;
}

function placesOf(graph: RuleGraph, nodeTypes: NodeTypes): Map<string, Place> {
  const wires = wiresByPort(graph);
  return new Map(
    graph.nodes.map(({ id, type, settings, title, disabled = false }): [string, Place] => {
      const nodeType = nodeTypes.get(type);
      if (!nodeType) throw new Error(`Node ${id} is of the unknown type ${type}`);
      const ports = portsOf(nodeType, nodeType.settings.parse(settings)).map((port): PortCoverage => ({
        port,
        to: wires.get(`${id}.${port}`) ?? [],
        reached: nobody(),
      }));
      const dropping = ports.find(({ port, to }) => to.length === 0 && dropsWhenLoose(nodeType, port))?.port;
      const coverage: NodeCoverage = {
        node: id,
        type,
        ...(title !== undefined && { title }),
        disabled,
        reached: nobody(),
        errors: nobody(),
        ports,
      };
      return [id, { coverage, ports: new Map(ports.map((port) => [port.port, port])), dropping }];
    }),
  );
}

function nobody(): Reached {
  return { tests: 0, events: 0 };
}

function shareOf(places: readonly { reached: Reached }[]): Share {
  const share: Share = { all: places.length, tests: 0, events: 0, reached: 0 };
  for (const { reached } of places) {
    if (reached.tests > 0) share.tests += 1;
    if (reached.events > 0) share.events += 1;
    if (reached.tests + reached.events > 0) share.reached += 1;
  }
  return share;
}
