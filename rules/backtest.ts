import type { CompiledGraph } from './compile.js';
import { changesOf, findDivergence, isSameOutcome, type Cause, type Pair } from './divergence.js';
import type { RuleEvent } from './event.js';
import { after, type MaybePromise } from './later.js';
import { conversationKey } from './session-state.js';
import { createSession, type Played, type Session } from './session.js';

/** Differences that have one cause. */
export interface BacktestGroup {
  cause: Cause;
  /** Lines that differ by it. */
  count: number;
  /** Of these, lines of conversations that differed before: they may be its consequence. */
  follows: number;
  /** Of these, lines that come to the same for the client and the CRM. */
  sameOutcome: number;
  /** What changes for the client and the CRM, with how often. */
  changes: Record<string, number>;
  /** Ids of the first events, as many as were asked for. */
  events: string[];
  /** The first event, as both versions took it; a side is absent where only the other has this timer. */
  example: Pair;
}

export interface Backtest {
  events: number;
  /** Events and timers. */
  lines: number;
  /** Lines that differ in anything that `run` prints. */
  differ: number;
  /** Of these, lines that come to something else for the client or the CRM. */
  outcomes: number;
  /** The most frequent first. */
  groups: BacktestGroup[];
}

/** One line that differs. */
export interface BacktestDifference {
  /** The one that it is counted in. */
  group: BacktestGroup;
  pair: Pair;
  /** Of the event, as state is kept by it. */
  conversation: string;
  /** The conversation has differed before. */
  follows: boolean;
  /** Both come to the same for the client and the CRM. */
  sameOutcome: boolean;
}

/** Who is told while a backtest goes on. */
export interface BacktestObserver {
  /** Of each line (an event or a timer), also of those that do not differ. */
  line?(pair: Pair): void;
  /** Of each line that differs. */
  difference?(difference: BacktestDifference): void;
}

export interface BacktestRun {
  /** Takes the next event to both versions. A promise only where an expression is asked; the next event waits for it. */
  play(event: RuleEvent): MaybePromise<void>;
  /** Fires what falls due in either version until this instant (ms since 1970). */
  advance(until: number): MaybePromise<void>;
  /** What differed so far; timers that only one version has fired are counted as differences. */
  end(): Backtest;
}

/** Timers of one version that wait for their like of the other; older ones are taken to have none. */
const maxUnmatched = 10_000;

/**
 * Plays the same events through two versions of an account's rule sets, each with its own state carried forward, and groups what differs by where
 * the two part first. Memory grows with the state of the conversations and the number of causes, not with the number of events.
 * @param ids how many ids of events a group keeps
 */
export function createBacktest(
  older: readonly CompiledGraph[],
  newer: readonly CompiledGraph[],
  ids = 5,
  observer: BacktestObserver = {},
): BacktestRun {
  // One rule set on one side and two on the other: steps are the same ones only where both sides say whose they are.
  const names = older.length > 1 || newer.length > 1;
  return new Comparison(createSession(older, { names }), createSession(newer, { names }), ids, observer);
}

class Comparison implements BacktestRun {
  private readonly old: Session;
  private readonly now: Session;
  private readonly ids: number;
  private readonly observer: BacktestObserver;
  private readonly groups = new Map<string, BacktestGroup>();
  private readonly unmatched = new Map<string, readonly Pair[]>();
  private unmatchedCount = 0;
  /** Conversations that have differed. */
  private readonly parted = new Set<string>();
  private events = 0;
  private lines = 0;

  constructor(old: Session, now: Session, ids: number, observer: BacktestObserver) {
    this.observer = observer;
    this.old = old;
    this.now = now;
    this.ids = ids;
  }

  play(event: RuleEvent): MaybePromise<void> {
    this.events += 1;
    return after(this.old.play(event), (old) =>
      after(this.now.play(event), (now) => {
        // The event itself is the last line of both; what fell due before it may differ.
        this.matchTimers(old.slice(0, -1), now.slice(0, -1));
        this.compare({ old: old.at(-1), new: now.at(-1) });
      }),
    );
  }

  advance(until: number): MaybePromise<void> {
    return after(this.old.advance(until), (old) => after(this.now.advance(until), (now) => this.matchTimers(old, now)));
  }

  end(): Backtest {
    for (const [key, pairs] of this.unmatched) for (const pair of pairs) this.giveUp(key, pair);
    const groups = [...this.groups.values()].sort((a, b) => b.count - a.count);
    const differ = groups.reduce((sum, { count }) => sum + count, 0);
    const same = groups.reduce((sum, { sameOutcome }) => sum + sameOutcome, 0);
    return { events: this.events, lines: this.lines, differ, outcomes: differ - same, groups };
  }

  private matchTimers(old: readonly Played[], now: readonly Played[]): void {
    for (const played of old) this.match('old', played);
    for (const played of now) this.match('new', played);
  }

  /**
   * Timers are told apart by their ids and rule sets: the same one may fire at another instant in the other version. Where events repeat an id their
   * timers do too, and are matched in order.
   */
  private match(side: keyof Pair, played: Played): void {
    const key = `${played.event.id} ${played.decision.trace[0]?.ruleSet ?? ''}`;
    const waiting = this.unmatched.get(key) ?? [];
    const [first] = waiting;
    if (first && !first[side]) {
      this.forget(key, first);
      this.compare({ ...first, [side]: played });
      return;
    }
    this.unmatched.set(key, [...waiting, { [side]: played }]);
    this.unmatchedCount += 1;
    const [oldest] = this.unmatched;
    if (this.unmatchedCount > maxUnmatched && oldest?.[1][0]) this.giveUp(oldest[0], oldest[1][0]);
  }

  private giveUp(key: string, pair: Pair): void {
    this.forget(key, pair);
    this.compare(pair);
  }

  private forget(key: string, pair: Pair): void {
    const rest = this.unmatched.get(key)?.filter((other) => other !== pair) ?? [];
    if (rest.length > 0) this.unmatched.set(key, rest);
    else this.unmatched.delete(key);
    this.unmatchedCount -= 1;
  }

  private compare(pair: Pair): void {
    this.lines += 1;
    this.observer.line?.(pair);
    const cause = findDivergence(pair);
    const event = (pair.old ?? pair.new)?.event;
    if (!cause || !event) return;
    const group = this.groupOf(cause, pair);
    group.count += 1;
    if (group.events.length < this.ids) group.events.push(event.id);
    const sameOutcome = isSameOutcome(pair);
    if (sameOutcome) group.sameOutcome += 1;
    for (const change of changesOf(pair)) group.changes[change] = (group.changes[change] ?? 0) + 1;
    const conversation = conversationKey(event);
    const follows = this.parted.has(conversation);
    if (follows) group.follows += 1;
    else this.parted.add(conversation);
    this.observer.difference?.({ group, pair, conversation, follows, sameOutcome });
  }

  private groupOf(cause: Cause, example: Pair): BacktestGroup {
    const key = JSON.stringify(cause);
    const known = this.groups.get(key);
    if (known) return known;
    const group: BacktestGroup = { cause, count: 0, follows: 0, sameOutcome: 0, changes: {}, events: [], example };
    this.groups.set(key, group);
    return group;
  }
}
