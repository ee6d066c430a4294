import type { Memory, RuleEvent, RuleGraph } from '../../../rules/index.js';
import type { Done, ShadowEvent } from '../../messaging/note-for-shadows.js';

/** The graphs that a shadow needs, as they are stored. */
export interface ShadowGraphs {
  /** The rule set's id, under which its graphs run: its name may change. */
  ruleSet: string;
  version: number;
  graph: RuleGraph;
  /** Versions with which conversations were waiting when the shadow came. */
  older: { version: number; graph: RuleGraph }[];
  /** The other live rule sets, for steps that run one. */
  others: RuleGraph[];
}

/** What a shadow keeps of a conversation between events, or of the runs that its schedules began. */
export interface ShadowState {
  memory: Pick<Memory, 'waiting' | 'silences' | 'outbound'>;
  /** Of steps that the live version has not. */
  counters: Readonly<Record<string, readonly number[]>>;
  /** What the live version was given last: a timer decides on that. */
  facts: Memory;
  /** For each wait for the answer of a call, the live version's step that made the same call. */
  asked: Readonly<Record<string, string>>;
  /** An earlier event came to something else than in the live version. */
  parted: boolean;
  /** Its schedules, where this is no conversation's state: what is counted from (ms since 1970), and from the first look on each step's next instant. */
  schedules?: { since: number; next?: Readonly<Record<string, number>> };
}

/** What the live version was asked, and did; `answeredAt` in ms since 1970. */
export type ShadowQuestion = Omit<ShadowEvent, 'shadowId' | 'conversationId'> & { answeredAt: number };

/** What the shadow did with an event or at a timer of its own. */
export interface ShadowLine {
  key: string;
  event: Pick<RuleEvent, 'id' | 'type' | 'at'>;
  done: Done;
  /** It would have called a program that the live version did not call. */
  wouldCall: boolean;
}

/** What the thread of shadows is told: the graphs of one, then what to play through them; `until` in ms since 1970: 0 for no timers but those before the events. */
export type ToShadowThread =
  | { type: 'load'; key: string; graphs: ShadowGraphs }
  | { type: 'play'; key: string; state: ShadowState | null; questions: readonly ShadowQuestion[]; until: number };

/** What it says; `unknown` after its graphs were let go of. */
export type FromShadowThread =
  | { type: 'loaded' }
  | { type: 'unknown' }
  | { type: 'played'; state: ShadowState | null; lines: ShadowLine[] };
