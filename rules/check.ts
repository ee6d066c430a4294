import { checkOwnCalls } from './check/calls.js';
import { checkConflicts } from './check/conflicts.js';
import { checkConnections } from './check/connections.js';
import { checkCycles } from './check/cycles.js';
import { checkDrops } from './check/drops.js';
import { checkFilters } from './check/filters.js';
import { flowThrough, reasoningFor } from './check/flow.js';
import { checkNeverLeft } from './check/never-left.js';
import { checkRepeats } from './check/repeats.js';
import { checkSelfAnswers } from './check/self-answers.js';
import { wire, type WiredNode } from './check/wiring.js';
import { finding } from './codes.js';
import type { NodeTypes } from './compile.js';
import type { AccountDirectory, Finding } from './finding.js';
import { defaultTimezone, type RuleGraph } from './graph.js';
import { joinPaths, valueAt } from './json-path.js';

/**
 * Finds what is wrong or surprising in a graph that the format accepts, without running it.
 * @param graph what `readGraph` returned
 * @param account names of channels, pipelines, stages and users to compare settings with; without it they are not judged
 * @returns findings in the order of the file, errors and warnings; every code is explained in docs/checks.md
 */
export function checkGraph(graph: RuleGraph, nodeTypes: NodeTypes, account?: AccountDirectory): Finding[] {
  const wiring = wire(graph, nodeTypes);
  const timezone = graph.timezone ?? defaultTimezone;
  const flow = flowThrough(wiring, timezone, reasoningFor([{ wiring, timezone }], account));
  const findings = [
    ...[...wiring.nodes.values()].flatMap((wired) => ownFindings(wired, { timezone, account })),
    ...checkConnections(graph, wiring),
    ...checkCycles(wiring),
    ...checkFilters(wiring),
    ...checkNeverLeft(wiring, flow),
    ...checkDrops(wiring),
    ...checkRepeats(wiring, flow),
    ...checkConflicts(graph, nodeTypes, wiring, flow),
    ...checkOwnCalls({ name: graph.name, wiring }, account),
    ...checkSelfAnswers(wiring),
    ...checkParameters(graph),
  ];
  return inFileOrder(findings, graph);
}

/** What the node type itself finds in its settings, with its places made into places of the graph. */
function ownFindings({ node, nodeType, settings, index }: WiredNode, context: { timezone: string; account?: AccountDirectory }): Finding[] {
  const found = nodeType.check?.(settings, context) ?? [];
  return found.map((own) => ({ ...own, node: node.id, path: joinPaths(`nodes[${index}].settings`, own.path) }));
}

function checkParameters(graph: RuleGraph): Finding[] {
  return (graph.parameters ?? []).flatMap(({ name, path }, index) =>
    valueAt(graph, path) === undefined
      ? [finding('unknown-parameter-path', { path: `parameters[${index}].path` }, { name, target: path })]
      : [],
  );
}

/** Findings of one node together, nodes as in the file, the graph as a whole last. */
function inFileOrder(findings: readonly Finding[], graph: RuleGraph): Finding[] {
  const places = new Map(graph.nodes.map(({ id }, index) => [id, index]));
  const place = ({ node }: Finding) => (node === undefined ? graph.nodes.length : (places.get(node) ?? graph.nodes.length));
  return [...findings].sort((a, b) => place(a) - place(b));
}
