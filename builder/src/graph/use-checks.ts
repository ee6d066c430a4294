import { useEffect } from 'react';
import { checkGraph, nodeTypes, readGraph, type Finding, type RuleGraph, type TestResult } from '../../../rules/index.js';
import type { Directory } from '../../../api/rule-sets.js';
import { setFindings, type LayerStore } from './layers.js';
import type { GraphStore } from './graph-store.js';
import type { ChatRules } from './proving/chat.js';
import { playTests as playAllTests } from './proving/play-tests.js';

/** From the last change to the check, in milliseconds. */
const quiet = 250;

/** Keeps the findings of the graph up to date: a check in the browser after each change, and what the server alone found. */
export function useChecks(store: GraphStore, layers: LayerStore, directory: Directory | undefined, fromServer: readonly Finding[]): void {
  useEffect(() => {
    let timer: number | undefined;
    const check = () =>
      setFindings(layers, merge(findProblems(store.getState().history.present, directory), fromServer, store.getState().history.present));
    check();
    const unsubscribe = store.subscribe((now, before) => {
      if (now.history.present === before.history.present) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(check, quiet);
    });
    return () => {
      window.clearTimeout(timer);
      unsubscribe();
    };
  }, [store, layers, directory, fromServer]);
}

/** Everything that the check finds in a graph: what the format refuses, else what is wrong or surprising. */
export function findProblems(graph: RuleGraph, directory?: Directory): Finding[] {
  const read = readGraph(graph, nodeTypes);
  return read.graph ? checkGraph(read.graph, nodeTypes, directory) : read.findings;
}

/** Plays the tests that live in the graph, with the rules that it calls; none while the graph has errors. */
export async function playTests(rules: ChatRules): Promise<TestResult[]> {
  return (await playAllTests(rules))?.results ?? [];
}

/** Codes that the browser judges itself: the server's word on them may be older than the last change. */
function merge(found: Finding[], fromServer: readonly Finding[], graph: RuleGraph): Finding[] {
  const ids = new Set(graph.nodes.map(({ id }) => id));
  const serversOwn = fromServer.filter(({ code, node }) => serverCodes.has(code) && (node === undefined || ids.has(node)));
  return [...found, ...serversOwn.filter(({ code, node }) => !found.some((own) => own.code === code && own.node === node))];
}

/** What only the server can see: other rule sets, and whatever it names beyond a single graph. */
const serverCodes = new Set(['both-answer', 'both-set-stage', 'both-assign', 'never-runs', 'called-waits', 'duplicate-rule-set']);
