import type { EntityManager } from 'typeorm';
import type { Decision, Memory, RuleEvent } from '../../rules/index.js';
import { type Columns, insertRows } from '../db/insert-rows.js';
import type { ActiveRuleSet } from './active-rule-sets.js';
import type { Batch, RunRecord } from './batch.js';
import type { Question, Verdict } from './run-rules.js';

/** What a version did, without the memory that it left. */
export type Done = Omit<Decision, 'memory'>;

/** What the live version of a rule set was asked and what it did. The shadow is asked the same later (server/rule-sets/shadows/), when the message is long answered. */
export interface ShadowEvent {
  shadowId: string;
  /** Null for what a schedule began. */
  conversationId: string | null;
  /** The event's id, or the timer's. */
  key: string;
  /** A timer or an instant of a schedule is the live version's own: the shadow keeps its own, and is only told what this one did. */
  isTimer: boolean;
  event: RuleEvent;
  /** What the live version was given; its rule set is named by id, because names change. */
  memory: Memory;
  late: boolean;
  expressionsStopped: boolean;
  live: Done;
}

/** Leaves to the shadows of the live rule sets what these were asked. Where there is none, nothing is done. */
export function noteForShadows(
  batch: Batch,
  asked: { question: Question; verdict: Verdict; memory: Memory; conversationId: string; late: boolean },
): void {
  for (const [place, ruleSet] of batch.ruleSets.entries()) {
    if (ruleSet.shadowId === undefined) continue;
    const { question, verdict, memory, conversationId, late } = asked;
    const runs = verdict.runs.filter((run) => run.ruleSet === ruleSet);
    if (runs.length === 0 && !wasReached(batch, question, verdict, place)) continue;
    batch.shadowEvents.push({
      shadowId: ruleSet.shadowId,
      conversationId,
      ...lineOf(question),
      memory: ownMemory(memory, ruleSet),
      late,
      expressionsStopped: batch.expressionsStopped,
      live: together(runs),
    });
  }
}

/** Leaves to the shadows what their live versions did in runs that a schedule began: at its instant, at a timer, with the answer of a call. */
export function toShadowEvents(
  question: Question,
  { memory, runs, expressionsStopped }: { memory: Memory; runs: readonly RunRecord[]; expressionsStopped: boolean },
): ShadowEvent[] {
  return [...new Set(runs.map(({ ruleSet }) => ruleSet))].flatMap((ruleSet) =>
    ruleSet.shadowId === undefined
      ? []
      : {
          shadowId: ruleSet.shadowId,
          conversationId: null,
          ...lineOf(question),
          memory: ownMemory(memory, ruleSet),
          late: false,
          expressionsStopped,
          live: together(runs.filter((run) => run.ruleSet === ruleSet)),
        },
  );
}

/** Writes what shadows are told, in the transaction of the batch. */
export async function writeShadowEvents(db: EntityManager, account_id: string, events: readonly ShadowEvent[]): Promise<void> {
  await insertRows(db, 'shadow_events', columns, events.map((one) => ({
    account_id,
    shadow_id: one.shadowId,
    conversation_id: one.conversationId,
    event_key: one.key,
    is_timer: one.isTimer,
    event: one.event,
    memory: one.memory,
    late: one.late,
    expressions_stopped: one.expressionsStopped,
    live: one.live,
  }))); // oxfmt-ignore
}

const columns: Columns = { account_id: 'uuid', shadow_id: 'uuid', conversation_id: 'uuid', event_key: 'text', is_timer: 'boolean', event: 'json', memory: 'json', late: 'boolean', expressions_stopped: 'boolean', live: 'json' }; // oxfmt-ignore

/** Whether an event that a rule set left no run on had come to it: no run of another took it, and none before it dropped it. */
function wasReached(batch: Batch, question: Question, { consumed, reason }: Verdict, place: number): boolean {
  if (!('event' in question) || question.event.type === 'http-answered' || consumed) return false;
  return reason === null || batch.ruleSets.findIndex(({ name }) => name === reason.ruleSet) >= place;
}

function lineOf(question: Question): Pick<ShadowEvent, 'key' | 'isTimer' | 'event'> {
  if ('event' in question) return { key: question.event.id, isTimer: question.event.type === 'schedule-ticked', event: question.event };
  const { key, due, event } =
    'due' in question
      ? { key: question.due.wait.id, due: question.due.wait.due, event: question.due.run.event }
      : { key: `${question.silence.event.id}/${question.silence.node}/1`, due: question.silence.due, event: question.silence.event };
  return { key, isTimer: true, event: { ...event, type: 'timer-fired', id: key, at: new Date(due).toISOString() } };
}

function together(runs: readonly RunRecord[]): Done {
  const decisions = runs.map(({ decision }) => decision);
  const reason = decisions.find((one) => one.reason)?.reason;
  const error = decisions.find((one) => one.error)?.error;
  return {
    status: reason ? 'filtered' : error ? 'error' : 'passed',
    effects: decisions.flatMap(({ effects }) => effects),
    trace: decisions.flatMap(({ trace }) => trace),
    ...(reason && { reason }),
    ...(error && { error }),
    ...(decisions.some(({ consumed }) => consumed) && { consumed: true as const }),
  };
}

/** What of a conversation's memory is one rule set's, named by its id. */
function ownMemory(memory: Memory, { id, name }: ActiveRuleSet): Memory {
  const own = <One extends { ruleSet: string }>(list: readonly One[] = []): One[] =>
    list.filter(({ ruleSet }) => ruleSet === name).map((one) => ({ ...one, ruleSet: id }));
  const places = <Value>(all: Readonly<Record<string, Value>> = {}): Record<string, Value> =>
    Object.fromEntries(
      Object.entries(all).flatMap(([place, value]) => (place.startsWith(`${name}/`) ? [[`${id}${place.slice(name.length)}`, value]] : [])),
    );
  const { waiting, silences, outbound, turns, counters, ...facts } = memory;
  return {
    ...facts,
    turns: places(turns),
    counters: places(counters),
    waiting: own(waiting),
    silences: own(silences),
    ...(outbound && { outbound: { answered: outbound.answered, held: own(outbound.held) } }),
  };
}
