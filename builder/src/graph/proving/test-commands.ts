import type { GraphTest, RuleGraph } from '../../../../rules/index.js';
import type { Command } from '../commands.js';

/** Adds a test at the end; a name that is taken gets a number, as names tell tests apart. */
export function addTest(test: GraphTest): Command {
  return (graph) => withTests(graph, [...testsOf(graph), { ...test, name: freeName(graph, test.name) }]);
}

/** Puts another test in the place of one, by its place from 0. A name that another test has gets a number. */
export function replaceTest(place: number, test: GraphTest): Command {
  return (graph) => {
    const tests = testsOf(graph);
    if (!tests[place] || JSON.stringify(tests[place]) === JSON.stringify(test)) return graph;
    return withTests(graph, tests.with(place, { ...test, name: freeName(graph, test.name, place) }));
  };
}

/** An empty name changes nothing: the format asks for one. */
export function renameTest(place: number, name: string): Command {
  return (graph) => {
    const test = testsOf(graph)[place];
    if (!test || name.trim() === '' || test.name === name.trim()) return graph;
    return replaceTest(place, { ...test, name: name.trim() })(graph);
  };
}

/** The same test again, after the one it is made from. */
export function duplicateTest(place: number): Command {
  return (graph) => {
    const tests = testsOf(graph);
    const test = tests[place];
    if (!test) return graph;
    return withTests(graph, tests.toSpliced(place + 1, 0, { ...test, name: freeName(graph, test.name) }));
  };
}

/** The last one takes the list with it: a graph without tests says nothing of them. */
export function removeTest(place: number): Command {
  return (graph) => {
    const tests = testsOf(graph);
    return tests[place] ? withTests(graph, tests.toSpliced(place, 1)) : graph;
  };
}

export function testsOf(graph: RuleGraph): readonly GraphTest[] {
  return graph.tests ?? none;
}

/** The same list each time: a page that reads it is drawn again when it is another one. */
const none: readonly GraphTest[] = [];

function withTests(graph: RuleGraph, tests: GraphTest[]): RuleGraph {
  const { tests: _, ...rest } = graph;
  return tests.length === 0 ? rest : { ...rest, tests };
}

function freeName(graph: RuleGraph, name: string, own?: number): string {
  const taken = new Set(testsOf(graph).flatMap((test, place) => (place === own ? [] : [test.name])));
  if (!taken.has(name)) return name;
  const stem = name.replace(/ \d+$/, '');
  let number = 2;
  while (taken.has(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}
