import {
  changesOf,
  emptyMemory,
  findDivergence,
  isEqual,
  isSameOutcome,
  type Cause,
  type Effect,
  type Pair,
  type RuleEvent,
} from '../../../rules/index.js';
import type { EffectCounts } from '../../../api/shadows.js';
import type { Done } from '../../messaging/note-for-shadows.js';

/** One side of a line of the ledger: what was asked, and what this version did. */
export interface LineSide {
  event: Pick<RuleEvent, 'id' | 'type' | 'at'>;
  done: Done;
}

/** How the two sides of a line compare; a side is null where only the other has this timer. */
export interface ComparedLine {
  /** Where they part first; null: they are alike. */
  cause: Cause | null;
  sameOutcome: boolean;
  changes: string[];
  effects: EffectCounts;
}

/** What the live version did beside what the shadow would have done. */
export function compareLine(live: LineSide | null, shadow: LineSide | null): ComparedLine {
  const pair: Pair = { ...(live && { old: playedOf(live) }), ...(shadow && { new: playedOf(shadow) }) };
  const cause = findDivergence(pair) ?? null;
  const effects = compareEffects(live?.done.effects ?? [], shadow?.done.effects ?? []);
  if (!cause) return { cause, sameOutcome: true, changes: [], effects };
  return { cause, sameOutcome: isSameOutcome(pair), changes: changesOf(pair), effects };
}

/** Effect by effect: each finds its like, then one of the same type with another content, of the same step before any other. */
export function compareEffects(live: readonly Effect[], shadow: readonly Effect[]): EffectCounts {
  const left = [...shadow];
  const take = (isLike: (other: Effect) => boolean): boolean => {
    const place = left.findIndex(isLike);
    if (place >= 0) left.splice(place, 1);
    return place >= 0;
  };
  const unlike = live.filter((effect) => !take((other) => isEqual(bare(effect), bare(other))));
  const elsewhere = unlike.filter((effect) => !take((other) => other.type === effect.type && other.node === effect.node));
  const alone = elsewhere.filter((effect) => !take((other) => other.type === effect.type));
  return { same: live.length - unlike.length, other: unlike.length - alone.length, live: alone.length, shadow: left.length };
}

/** An effect as the world sees it. */
function bare(effect: Effect): Partial<Effect> {
  return { ...effect, node: undefined, ruleSet: undefined };
}

function playedOf({ event, done }: LineSide): NonNullable<Pair['old']> {
  return { event, memory: emptyMemory, decision: { ...done, memory: emptyMemory } };
}
