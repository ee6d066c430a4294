import type { RuleEvent } from './event.js';

/** Values that a run has set, by name: plain JSON. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * What earlier events left behind, as plain JSON: the server reads it from its tables and `run` keeps it between lines.
 * It is an input of a run and stored with it, so that the same input replays to the same bytes. Nothing in it is ever changed in place.
 */
export interface Memory {
  /** Instants (ms since 1970) of this conversation's automatic replies, oldest first, of the last minute at least. */
  replies: readonly number[];
  /** How many automatic replies the conversation may still get while the other side looks like a robot (server only); absent: it does not. */
  repliesLeft?: number;
  /** Whether this deal (without a deal, this conversation) has an open task of the mode one-per-deal. */
  openTask: boolean;
  /** The contact's deal that the engine opened after the events' own `deal` was read. */
  deal?: { open: boolean };
  /** Turns taken so far, by `<rule set's name>/<node id>`: the place of a round-robin. Shared by all conversations of an account. */
  turns: Readonly<Record<string, number>>;
  /** Instants (ms) that a `limit` let under it, by place as in `turns`: those of this event's contact, conversation or channel. */
  counters?: Readonly<Record<string, readonly number[]>>;
  /** Open deals of each user, by the user's id. */
  loads?: Readonly<Record<string, number>>;
  /** Runs of this conversation that wait, in order of creation. */
  waiting?: readonly SuspendedRun[];
  /** Silences of this conversation that are being measured, in order of creation. */
  silences?: readonly Silence[];
  /** Messages sent before the client's first answer, for `hold-outbound`. */
  outbound?: { answered: boolean; held: readonly HeldMessage[] };
}

/** A run that waits: one version that goes on with what it had. */
export interface SuspendedRun {
  ruleSet: string;
  /** The number of the version, where versions are kept: the run goes on with this one. */
  version?: number;
  /** Id of the run's first event: its timers are named after it. */
  first: string;
  /** The last event that the run took. */
  event: RuleEvent;
  /** Its messages were too old to be answered when they arrived. */
  late?: true;
  /** Timers that each node has asked for so far. */
  timers: Readonly<Record<string, number>>;
  /** How often the run was resumed at one and the same instant: a loop that no clock moves. */
  resumed?: { at: number; times: number };
  waits: readonly PendingWait[];
}

/** One node of a waiting run that something has to wake. */
export interface PendingWait {
  /** The id of its timer: `<first event>/<node>/<n>`. */
  id: string;
  node: string;
  /** What else than its time wakes it: the client's reply, or the answer of a call. */
  for?: 'reply' | 'answer';
  /** Its time is up: ms since 1970. */
  due: number;
  /** Grows with each wait of the conversation: of two that recognise a reply the older takes it. */
  order: number;
  variables?: Variables;
  /** The event that a call was made with: its answer goes on with that one. */
  event?: RuleEvent;
  /** The question was put again once after an answer that was none. */
  repeated?: true;
}

/** One side's silence that an `on-no-reply` measures. */
export interface Silence {
  ruleSet: string;
  node: string;
  /** Whose silence. */
  from: 'operator' | 'client';
  /** The other side's last message: a run that the silence starts sees it. */
  event: RuleEvent;
  /** ms since 1970. */
  due: number;
}

/** A sent message that a `hold-outbound` keeps from the CRM until the client answers, or for good. */
export interface HeldMessage {
  event: string;
  ruleSet: string;
  node: string;
  release: 'reply' | 'never';
}

export const emptyMemory: Memory = { replies: [], openTask: false, turns: {} };
