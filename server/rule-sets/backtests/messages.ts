import type { RuleGraph } from '../../../rules/index.js';
import type { BacktestResult, BacktestSide } from '../../../api/backtests.js';
import type { RecordedEvent } from './recorded-events.js';

/** What the thread of a backtest is told: first both sides, then the events in order, then until when (RFC 3339) timers fire. */
export type ToThread =
  | { type: 'sides'; old: readonly RuleGraph[]; new: readonly RuleGraph[]; own: string }
  | { type: 'events'; events: readonly RecordedEvent[] }
  | { type: 'end'; until: string };

/** What it says: it is ready for more, or what came out. */
export type FromThread = { type: 'ready' } | { type: 'result'; result: BacktestResult; differences: Difference[] };

/** A conversation whose outcome changes: the first line that differs for one reason. */
export interface Difference {
  /** The reason's place among the result's groups. */
  group: number;
  conversationId: string | null;
  at: string;
  event: string;
  text: string;
  old: BacktestSide | null;
  new: BacktestSide | null;
}
