import type { GraphTest, RuleGraph } from '../../../../rules/index.js';
import { addTest, duplicateTest, removeTest, renameTest, replaceTest, testsOf } from './test-commands.js';

const bare: RuleGraph = { format: 1, name: 'Проба', nodes: [], edges: [] };
const test = (name: string): GraphTest => ({ name, events: [{ type: 'message-received' }], expect: [{ status: 'passed' }] });
const graph: RuleGraph = { ...bare, tests: [test('ночь'), test('день')] };
const names = (of: RuleGraph) => testsOf(of).map(({ name }) => name);

it('adds a test, and numbers a name that is taken', () => {
  expect(names(addTest(test('утро'))(graph))).toEqual(['ночь', 'день', 'утро']);
  expect(names(addTest(test('ночь'))(addTest(test('ночь'))(graph)))).toEqual(['ночь', 'день', 'ночь 2', 'ночь 3']);
  expect(names(addTest(test('ночь'))(bare))).toEqual(['ночь']);
});

it('renames, but neither to nothing nor to another’s name', () => {
  expect(names(renameTest(0, ' вечер ')(graph))).toEqual(['вечер', 'день']);
  expect(renameTest(0, '  ')(graph)).toBe(graph);
  expect(renameTest(0, 'ночь')(graph)).toBe(graph);
  expect(names(renameTest(0, 'день')(graph))).toEqual(['день 2', 'день']);
});

it('repeats a test beside itself', () => {
  const twice = duplicateTest(0)(graph);
  expect(names(twice)).toEqual(['ночь', 'ночь 2', 'день']);
  expect(testsOf(twice)[1]?.events).toEqual(testsOf(twice)[0]?.events);
  expect(duplicateTest(7)(graph)).toBe(graph);
});

it('replaces one test and no other', () => {
  const changed = replaceTest(1, { ...test('день'), expect: [] })(graph);
  expect(testsOf(changed)[1]?.expect).toEqual([]);
  expect(testsOf(changed)[0]).toBe(graph.tests?.[0]);
  expect(replaceTest(1, test('день'))(graph)).toBe(graph);
  expect(replaceTest(2, test('день'))(graph)).toBe(graph);
});

it('takes the list away with the last test', () => {
  expect(removeTest(0)(removeTest(0)(graph))).toEqual(bare);
  expect(removeTest(2)(graph)).toBe(graph);
});

it('never changes the graph that it was given', () => {
  const before = structuredClone(graph);
  for (const command of [addTest(test('x')), renameTest(0, 'y'), duplicateTest(1), removeTest(0), replaceTest(0, test('z'))])
    command(graph);
  expect(graph).toEqual(before);
});

it('are the same list each time where there are none: a page that looks at it would be drawn without end', () => {
  const { tests: _, ...bare } = graph;
  expect(testsOf(bare)).toBe(testsOf({ ...bare }));
});
