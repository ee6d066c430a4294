import { compile } from './compile.js';
import type { GraphTest } from './graph.js';
import { runTests } from './run-tests.js';
import { buildGraph, buildTest } from './testing/graph-builder.js';
import { smallNodeTypes } from './testing/small-node-types.js';

const hi = { type: 'message-received', message: { text: 'hi' } };

async function resultOf(events: GraphTest['events'], expected: GraphTest['expect']) {
  const graph = buildGraph({ in: ['start'], gate: ['gate'], a: ['reply'] }, ['in.next > gate', 'gate.pass > a'], {
    tests: [buildTest('t', events, expected)],
  });
  return (await runTests(graph, compile(graph, smallNodeTypes)))[0];
}

it('passes when the named fields are equal and the rest is free', async () => {
  expect(await resultOf([hi], [{ status: 'passed', effects: [{ type: 'send-message' }] }])).toMatchObject({
    passed: true,
    differences: [],
  });
});

it.each([
  ['a field that differs', [{ status: 'filtered' }], [{ line: 1, path: 'status', expected: 'filtered', actual: 'passed' }]],
  ['a field inside an effect', [{ effects: [{ text: 'bye' }] }], [{ line: 1, path: 'effects[0].text', expected: 'bye', actual: 'hello' }]],
  ['a field that is not there', [{ reason: { node: 'gate' } }], [{ line: 1, path: 'reason', expected: { node: 'gate' } }]],
  ['a line that never came', [{}, { status: 'passed' }], [{ line: 2, path: '', expected: { status: 'passed' } }]],
])('tells %s', async (_, expected, differences) => {
  expect(await resultOf([hi], expected)).toMatchObject({ passed: false, differences });
});

it('wants exactly as many effects as it names', async () => {
  expect((await resultOf([hi], [{ effects: [] }]))?.passed).toBe(false);
  expect((await resultOf([hi], [{ effects: [{ type: 'send-message' }, { type: 'send-message' }] }]))?.passed).toBe(false);
  expect((await resultOf([{ ...hi, message: { text: 'spam' } }], [{ effects: [], reason: { node: 'gate' } }]))?.passed).toBe(true);
});

it('keeps state between the events of a test and forgets it between tests', async () => {
  const test = buildTest(
    'limit',
    Array.from({ length: 21 }, () => hi),
    [...Array.from({ length: 20 }, () => ({ effects: [{}] })), { effects: [] }],
  );
  const graph = buildGraph({ in: ['start'], a: ['reply'] }, ['in.next > a'], { tests: [test, { ...test, name: 'again' }] });
  expect((await runTests(graph, compile(graph, smallNodeTypes))).map(({ passed }) => passed)).toEqual([true, true]);
});
