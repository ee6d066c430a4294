import { createBacktest } from './backtest.js';
import { compile } from './compile.js';
import type { RuleGraph } from './graph.js';
import { readEvent } from './read-event.js';
import { buildGraph, type NodeWords } from './testing/graph-builder.js';
import { message } from './testing/play.js';
import { present } from './testing/present.js';
import { smallNodeTypes } from './testing/small-node-types.js';

function backtest(old: readonly RuleGraph[], now: readonly RuleGraph[], events: readonly Record<string, unknown>[], until?: number) {
  const [before, after] = [old, now].map((side) => side.map((graph) => compile(graph, smallNodeTypes)));
  const run = createBacktest(before ?? [], after ?? [], 2);
  for (const [index, json] of events.entries()) {
    const read = readEvent(json, { position: index + 1 });
    if (!read.ok) throw new Error(read.problem.en);
    present(run.play(read.event));
  }
  if (until !== undefined) present(run.advance(until));
  return run.end();
}

const from = (contact: string, text: string, at = '2026-03-02T09:00:00Z') => message(text, { contact: { id: contact }, at });

/** A filter, a fork and an answer on each side. */
function desk(change: { stops?: string; left?: string; right?: string; extra?: Record<string, NodeWords>; name?: string } = {}): RuleGraph {
  return buildGraph(
    {
      in: ['start'],
      spam: ['gate', { stops: change.stops ?? 'spam' }],
      way: ['fork'],
      l: ['reply', { text: change.left ?? 'left' }],
      r: ['reply', { text: change.right ?? 'right' }],
      ...change.extra,
    },
    [
      'in.next > spam',
      'spam.pass > way',
      'way.left > l',
      'way.right > r',
      ...Object.keys(change.extra ?? {}).map((id) => `r.next > ${id}`),
    ],
    { name: change.name ?? 'Правила' },
  );
}

it('finds nothing where nothing differs', () => {
  expect(backtest([desk()], [desk()], [from('1', 'left'), from('2', 'spam')])).toEqual({
    events: 2,
    lines: 2,
    differ: 0,
    outcomes: 0,
    groups: [],
  });
});

it('groups by the first node where the two part, the most frequent first, and keeps as many ids as asked for', () => {
  const events = ['spam', 'left', 'junk', 'junk', 'junk'].map((text, index) => from(String(index), text));
  const { differ, outcomes, groups } = backtest([desk()], [desk({ stops: 'junk' })], events);
  expect({ differ, outcomes }).toEqual({ differ: 4, outcomes: 4 });
  expect(groups).toMatchObject([
    {
      cause: { kind: 'port', node: 'spam', old: 'pass', new: 'drop' },
      count: 3,
      follows: 0,
      changes: { 'passed → filtered': 3, '-send-message': 3 },
      events: ['e3', 'e4'],
      example: { old: { decision: { status: 'passed' } }, new: { decision: { status: 'filtered' } } },
    },
    {
      cause: { kind: 'port', node: 'spam', old: 'drop', new: 'pass' },
      count: 1,
      changes: { 'filtered → passed': 1, '+send-message': 1 },
      events: ['e1'],
    },
  ]);
});

it('names the effect that differs, and what of it', () => {
  const { groups } = backtest([desk()], [desk({ left: 'other' })], [from('1', 'left'), from('1', 'left'), from('1', 'right')]);
  expect(groups).toMatchObject([
    {
      cause: { kind: 'effect', node: 'l', old: 'send-message', new: 'send-message', path: 'text' },
      count: 2,
      follows: 1,
      changes: { '~send-message': 2 },
    },
  ]);
});

it('tells an effect of another kind by both kinds', () => {
  const silent = desk();
  silent.nodes = silent.nodes.map((node) => (node.id === 'l' ? { ...node, type: 'says', settings: {} } : node));
  const { groups } = backtest([desk()], [silent], [from('1', 'left')]);
  expect(groups.map(({ cause }) => cause)).toEqual([{ kind: 'effect', node: 'l', old: 'send-message', new: 'add-note' }]);
});

it('tells another way with the same outcome from one that matters', () => {
  const { differ, outcomes, groups } = backtest([desk()], [desk({ extra: { rest: ['rests'] } })], [from('1', 'right'), from('1', 'left')]);
  expect({ differ, outcomes }).toEqual({ differ: 1, outcomes: 0 });
  expect(groups).toMatchObject([{ cause: { kind: 'next', node: 'r', port: 'next', new: 'rest' }, sameOutcome: 1, changes: {} }]);
});

it('finds that a rule set or a step of another name does the same for the client', () => {
  const renamed: RuleGraph = { ...desk(), nodes: desk().nodes.map((node) => (node.id === 'l' ? { ...node, id: 'answer' } : node)) };
  renamed.edges = renamed.edges.map((edge) => (edge.to === 'l' ? { ...edge, to: 'answer' } : edge));
  const third = (name: string) => buildGraph({ in: ['start'], r: ['reply'] }, ['in.next > r'], { name });
  const { differ, outcomes } = backtest([desk(), third('Один')], [renamed, third('Два')], [from('1', 'left')]);
  expect({ differ, outcomes }).toEqual({ differ: 1, outcomes: 0 });
});

it('carries the state of each version forward on its own', () => {
  const counting = (count: boolean) =>
    buildGraph({ in: ['start'], gate: ['gate', { stops: count ? 'nothing' : 'first' }], limit: ['counts'] }, [
      'in.next > gate',
      'gate.pass > limit',
    ]);
  // The new version has not counted the first message, so its third is still under the limit of two.
  const { groups } = backtest([counting(true)], [counting(false)], [from('1', 'first'), from('1', 'a'), from('1', 'b')]);
  expect(groups.map(({ cause, follows }) => [cause.node, cause.old, cause.new, follows])).toEqual([
    ['gate', 'pass', 'drop', 0],
    ['limit', 'over', 'under', 1],
  ]);
});

it('names the rule set, and the one that the other version lacks', () => {
  const other = buildGraph({ also: ['start'], note: ['says'] }, ['also.next > note'], { name: 'Второй' });
  const third = buildGraph({ hi: ['start'] }, [], { name: 'Третий' });
  const { groups } = backtest([desk(), other], [desk(), third], [from('1', 'left')]);
  expect(groups[0]?.cause).toEqual({ kind: 'next', node: 'l', ruleSet: 'Правила', port: 'next', old: 'Второй/also', new: 'Третий/hi' });
});

it('sees the same rule set as the same where one side has more of them', () => {
  const other = buildGraph({ also: ['start', { type: 'call-missed' }], note: ['says'] }, ['also.next > note'], { name: 'Второй' });
  expect(backtest([desk()], [other, desk()], [from('1', 'left'), from('2', 'spam')])).toMatchObject({ lines: 2, differ: 0 });
  const { groups } = backtest([desk()], [other, desk()], [{ type: 'call-missed' }]);
  expect(groups.map(({ cause }) => cause)).toEqual([{ kind: 'next', new: 'Второй/also' }]);
});

describe('timers', () => {
  const waiting = (ms: number, name = 'Правила') =>
    buildGraph({ in: ['start'], wait: ['waits', { ms }], note: ['reply'] }, ['in.next > wait', 'wait.next > note'], { name });
  const at = (seconds: number) => new Date(Date.parse('2026-03-02T09:00:00Z') + seconds * 1000).toISOString();

  it('are matched by id, also when the versions fire them at other times and between other events', () => {
    const events = [from('1', 'a', at(0)), from('2', 'b', at(90)), from('3', 'c', at(200))];
    const { lines, groups } = backtest([waiting(60_000)], [waiting(120_000)], events);
    expect(lines).toBe(3 + 2);
    // The first timer fires before the second event in the old version, and before the third in the new one.
    expect(groups).toMatchObject([
      { cause: { kind: 'time', node: 'wait' }, count: 1, events: ['e1/wait/1'] },
      { cause: { kind: 'line', node: 'wait', old: 'next' }, count: 1 },
    ]);
  });

  it('that fall due after the last event fire until the given instant', () => {
    const { differ, lines } = backtest([waiting(60_000)], [waiting(120_000)], [from('1', 'a', at(0))], Date.parse(at(500)));
    expect({ differ, lines }).toEqual({ differ: 1, lines: 2 });
  });

  it('of two rule sets with the same ids do not take each other’s place', () => {
    const both = [waiting(60_000), waiting(60_000, 'Второй')];
    expect(backtest(both, both, [from('1', 'a', at(0)), from('1', 'a', at(500))])).toMatchObject({ differ: 0, lines: 4 });
  });

  it('of events that repeat an id are matched in order', () => {
    const events = [1, 2, 3].map((second) => ({ ...from(String(second), 'a', at(second)), id: 'same' }));
    expect(backtest([waiting(60_000)], [waiting(60_000)], events, Date.parse(at(500)))).toMatchObject({ differ: 0, lines: 6 });
  });

  it('that only one version has are found without keeping them all', () => {
    const events = Array.from({ length: 10_050 }, (_, index) => from(String(index), 'a', at(index * 100)));
    const none = buildGraph({ in: ['start'] });
    const { groups } = backtest([waiting(1000)], [none], events);
    expect(groups.map(({ cause, count }) => [cause.kind, count])).toEqual([
      ['next', 10_050],
      ['line', 10_049],
    ]);
  });
});
