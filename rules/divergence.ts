import type { Effect } from './effect.js';
import { isEqual } from './is-equal.js';
import type { Played } from './session.js';
import type { Decision, Step } from './trace.js';

/** What two versions did with one event, or one of them with a timer that the other has not. */
export interface Pair {
  old?: Played;
  new?: Played;
}

/**
 * Where two versions part first. What stands in `old` and `new` depends on the kind:
 * `port` the exits of the node, `next` the nodes that follow on the exit `port` of `node`, or begin another rule set after it (no node: where all starts), `effect` the types of what the
 * node asks for (with `path`, where one of the same type differs), `result` nothing (the text of the reason or the error, at `path`), `time` nothing (the
 * timer of the node fires at another instant), `line` the port of the only side that has this timer.
 */
export interface Cause {
  kind: 'port' | 'next' | 'effect' | 'result' | 'time' | 'line';
  node?: string;
  port?: string;
  old?: string;
  new?: string;
  path?: string;
  ruleSet?: string;
}

/** @returns undefined when both printed the same line */
export function findDivergence({ old, new: now }: Pair): Cause | undefined {
  if (!old || !now) return (old ?? now) && loneLine(old, now);
  const step = firstStep(old.decision.trace, now.decision.trace);
  const effect = firstEffect(old.decision, now.decision);
  // Of the two, the one that comes first on the way is the cause; a step's own effects come after it.
  if (effect && (!step || effect.place < step.place)) return effect.cause;
  if (step) return step.cause;
  if (old.event.at !== now.event.at) return { kind: 'time', ...nodeOf(old.decision.trace[0]) };
  return result(old.decision, now.decision);
}

/** Whether both come to the same for the client and the CRM, whatever way they went: status, effects in order, the text of a drop. */
export function isSameOutcome({ old, new: now }: Pair): boolean {
  if (!old || !now) return (old ?? now)?.decision.effects.length === 0 && (old ?? now)?.decision.status === 'passed';
  const { status, effects, reason } = old.decision;
  return (
    status === now.decision.status &&
    old.event.at === now.event.at &&
    reason?.text === now.decision.reason?.text &&
    effects.length === now.decision.effects.length &&
    effects.every((effect, place) => isEqual(withoutPlace(effect), withoutPlace(now.decision.effects[place])))
  );
}

/** What changes for the client and the CRM, in short words that can be counted: `-send-message`, `+add-tags`, `~set-stage`, `passed → filtered`. */
export function changesOf({ old, new: now }: Pair): string[] {
  const before = old?.decision;
  const after = now?.decision;
  const changes = before && after && before.status !== after.status ? [`${before.status} → ${after.status}`] : [];
  const types = new Set([...(before?.effects ?? []), ...(after?.effects ?? [])].map(({ type }) => type));
  for (const type of types) {
    const [were, are] = [before, after].map((side) => side?.effects.filter((effect) => effect.type === type).map(withoutPlace) ?? []);
    const more = (are?.length ?? 0) - (were?.length ?? 0);
    if (more !== 0) changes.push(`${more > 0 ? '+' : '-'}${type}`);
    else if (!isEqual(were, are)) changes.push(`~${type}`);
  }
  return changes;
}

interface Found {
  /** Of the step in the trace. */
  place: number;
  cause: Cause;
}

function firstStep(old: readonly Step[], now: readonly Step[]): Found | undefined {
  const length = Math.max(old.length, now.length);
  for (let place = 0; place < length; place++) {
    const was = old[place];
    const is = now[place];
    const sameNode = was?.node === is?.node && was?.ruleSet === is?.ruleSet;
    if (sameNode && was?.port === is?.port && was?.held === is?.held) continue;
    if (was && is && sameNode) return { place, cause: { kind: 'port', ...nodeOf(was), old: portOf(was), new: portOf(is) } };
    // Both went the same way up to the step before, whichever side it is read from.
    const before = old[place - 1];
    const cause: Cause = { kind: 'next', ...(before && { ...nodeOf(before), port: before.port }) };
    if (was) cause.old = nameOf(was, before);
    if (is) cause.new = nameOf(is, before);
    return { place, cause };
  }
  return undefined;
}

function firstEffect(old: Decision, now: Decision): Found | undefined {
  const length = Math.max(old.effects.length, now.effects.length);
  for (let index = 0; index < length; index++) {
    const was = old.effects[index];
    const is = now.effects[index];
    if (was && is && isEqual(was, is)) continue;
    // Effects stand in the order of steps, so the one whose node came first is the one that the other side lacks.
    const wasPlace = was ? placeOf(old.trace, was) : Infinity;
    const isPlace = is ? placeOf(now.trace, is) : Infinity;
    const place = Math.min(wasPlace, isPlace);
    const effect = wasPlace <= isPlace ? was : is;
    if (!effect) return undefined;
    const cause: Cause = { kind: 'effect', node: effect.node };
    if (was && wasPlace === place) cause.old = was.type;
    if (is && isPlace === place) cause.new = is.type;
    if (was && is && was.type === is.type && was.node === is.node) cause.path = firstKey(was, is);
    if (effect.ruleSet !== undefined) cause.ruleSet = effect.ruleSet;
    return { place, cause };
  }
  return undefined;
}

/** The step that asked for an effect; an effect without one (a message that is let go) comes before all steps. */
function placeOf(trace: readonly Step[], effect: Effect): number {
  return trace.findIndex(({ node, ruleSet }) => node === effect.node && ruleSet === effect.ruleSet);
}

function firstKey(old: Effect, now: Effect): string {
  const was = new Map(Object.entries(old));
  const is = new Map(Object.entries(now));
  return [...new Set([...was.keys(), ...is.keys()])].find((key) => !isEqual(was.get(key), is.get(key))) ?? '';
}

function result(old: Decision, now: Decision): Cause | undefined {
  for (const path of ['reason', 'error'] as const) {
    if (isEqual(old[path], now[path])) continue;
    const { node, ruleSet } = old[path] ?? now[path] ?? {};
    return { kind: 'result', node, path, ...(ruleSet !== undefined && { ruleSet }) };
  }
  return undefined;
}

function loneLine(old: Played | undefined, now: Played | undefined): Cause {
  const [step] = (old ?? now)?.decision.trace ?? [];
  return { kind: 'line', ...nodeOf(step), ...(old && { old: step?.port ?? '' }), ...(now && { new: step?.port ?? '' }) };
}

/** A node that follows another; where it belongs to another rule set, with the name of that. */
function nameOf({ node, ruleSet }: Step, before: Step | undefined): string {
  return ruleSet === undefined || ruleSet === before?.ruleSet ? node : `${ruleSet}/${node}`;
}

function nodeOf(step: Step | undefined): Pick<Cause, 'node' | 'ruleSet'> {
  return { ...(step && { node: step.node }), ...(step?.ruleSet !== undefined && { ruleSet: step.ruleSet }) };
}

function portOf({ port, held }: Step): string {
  return held ? `${port} (held: ${held})` : port;
}

/** An effect as the world sees it. */
function withoutPlace(effect: Effect | undefined): Partial<Effect> | undefined {
  return effect && { ...effect, node: undefined, ruleSet: undefined };
}
