import type { WaitingChoice } from '../../api/publishing.js';
import type { SuspendedRun } from '../../rules/index.js';
import { settleRuns } from './settle-runs.js';

const run = (ruleSet: string, version: number, ...nodes: string[]): SuspendedRun => ({
  ruleSet,
  version,
  first: 'm1',
  event: { type: 'message-received', id: 'm1', at: '2026-03-02T10:00:00Z' },
  timers: {},
  waits: nodes.map((node, index) => ({ id: `m1/${node}/1`, node, due: 1_000, order: index })),
});

/** Settles towards version 3, in which the step `gone` is not. */
const settle = (waiting: SuspendedRun[], choices: Record<string, WaitingChoice>) =>
  settleRuns(waiting, {
    ruleSet: 'ours',
    to: 3,
    choiceOf: (version, node) => choices[`${version} ${node}`],
    canMove: (_, node) => node !== 'gone',
  });

it('leaves what nobody spoke of, and runs of other rule sets, as the same objects', () => {
  const waiting = [run('ours', 2, 'ask'), run('others', 2, 'ask')];
  const settled = settle(waiting, { '1 ask': 'move' });
  expect(settled).toEqual({ waiting, moved: 0, handedOver: [], stayed: 0 });
  expect(settled.waiting[0]).toBe(waiting[0]);
});

it('moves a run to the new version with all that it carries', () => {
  const before = run('ours', 2, 'ask', 'later');
  const settled = settle([before], { '2 ask': 'move', '2 later': 'move' });
  expect(settled).toEqual({ waiting: [{ ...before, version: 3 }], moved: 1, handedOver: [], stayed: 0 });
});

it.each([
  ['a step that the new version has not', { '2 ask': 'move', '2 gone': 'move' }],
  ['a step that is to finish', { '2 ask': 'move' }],
] satisfies [string, Record<string, WaitingChoice>][])('keeps a run that waits in %s too, and counts it', (_, choices) => {
  const before = run('ours', 2, 'ask', 'gone');
  expect(settle([before], choices)).toEqual({ waiting: [before], moved: 0, handedOver: [], stayed: 1 });
});

it('ends the waits that people take over, and the run with the last of them', () => {
  const settled = settle([run('ours', 2, 'ask', 'later'), run('ours', 1, 'ask')], {
    '2 ask': 'hand-over',
    '2 later': 'move',
    '1 ask': 'hand-over',
  });
  expect(settled.handedOver).toEqual([
    { version: 2, node: 'ask' },
    { version: 1, node: 'ask' },
  ]);
  expect(settled.moved).toBe(1);
  expect(settled.waiting).toEqual([{ ...run('ours', 3, 'later'), waits: [expect.objectContaining({ node: 'later' })] }]);
});
