import type { Backtest } from '../../../../api/backtests.js';
import { lastReach } from './last-reach.js';

const played = (more: Partial<Backtest>): Backtest => ({
  id: '0190a0a0-0000-7000-8000-000000000001',
  from: '2026-03-01',
  to: '2026-03-02',
  channels: null,
  version: 1,
  isOutdated: false,
  status: 'done',
  done: 1,
  total: 1,
  error: null,
  author: 'Анна',
  createdAt: '2026-03-02T10:00:00Z',
  finishedAt: null,
  result: null,
  ...more,
});
const result = { events: 1, lines: 1, differ: 0, outcomes: 0, conversations: 0, bySchedule: 0, unreadable: 0, isCut: false, groups: [] };
const reached = { nodes: { in: 1 }, ports: { 'in.next': 1 } };

it('is that of the newest backtest which has one', () => {
  const older = played({ isOutdated: true, result: { ...result, reached } });
  expect(
    lastReach([
      played({ status: 'running' }),
      played({ result }),
      older,
      played({ result: { ...result, reached: { nodes: {}, ports: {} } } }),
    ]),
  ).toEqual({
    reached,
    isOutdated: true,
  });
});

it('is nothing while none is over', () => {
  expect(lastReach([played({ status: 'cancelled' })])).toEqual({ reached: undefined, isOutdated: false });
});
