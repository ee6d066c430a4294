import type { Effect } from './effect.js';
import type { Memory } from './memory.js';

/** Why a node went the way it did: a key of its type's `reasons` and the values for the places in that text. */
export interface Because {
  key: string;
  values?: Record<string, string | number>;
}

/**
 * Why a reply was not sent: the contact is a robot, the conversation had its 20 in a minute, the message came too late or two robots seem to answer each
 * other (both by the server only).
 */
export type Held = 'bot' | 'rate' | 'late' | 'loop';

/** One node visited. Where a run stops the port is `drop`, `wait` or `error`. */
export interface Step {
  node: string;
  port: string;
  because?: Because;
  held?: Held;
  ruleSet?: string;
}

export type RunStatus = 'passed' | 'filtered' | 'error';

/** What one version decided on one event. `memory` is what it leaves behind for the next event. */
export interface Decision {
  status: RunStatus;
  effects: Effect[];
  trace: Step[];
  /** The node that dropped the message, with the `drop` node's text. */
  reason?: { node: string; text?: string; ruleSet?: string };
  error?: { node: string; text: string; ruleSet?: string };
  /** A waiting run took the event: it is exported, and no trigger saw it. */
  consumed?: true;
  memory: Memory;
}
