import type { EventType, Memory, RuleEvent } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';

/** A deal as events show it. */
export interface ChatDeal {
  id?: string;
  pipeline?: string;
  stage?: string;
  open: boolean;
  responsible?: string;
  tags: string[];
}

export type Pipelines = Directory['pipelines'];

/** What a person makes happen in the chat. Its id, conversation and deal are filled in when it is played: they follow from what came before. */
export interface ChatEvent {
  type: EventType;
  /** RFC 3339. */
  at: string;
  channel?: RuleEvent['channel'];
  contact?: RuleEvent['contact'];
  chat?: RuleEvent['chat'];
  message?: RuleEvent['message'];
  /** Of `http-answered`. */
  node?: string;
  status?: number;
  body?: unknown;
}

export type ChatMove =
  /** `deal`: the person changed it before this; absent: it is as the rules left it. */
  | { kind: 'event'; event: ChatEvent; deal?: ChatDeal | 'none' }
  /** An event that is taken as it is: of a message that really came, or of a test. */
  | { kind: 'recorded'; event: RuleEvent }
  /** Time passes and nothing else. */
  | { kind: 'time'; until: string };

/** A chat as it is kept: what was done, and where it began. */
export interface Chat {
  moves: readonly ChatMove[];
  /** RFC 3339: the clock before the first move, by which schedules count. */
  start: string;
  /** The chat goes on from a recorded run. */
  given?: { event: RuleEvent; memory: Memory };
}
