import { createSession, type Memory, type RuleEvent } from '../../../../rules/index.js';
import { toInstant } from '../wall-clock.js';
import { compileAll, type ChatRules } from './chat.js';

/** One way that a message goes, at whatever hours. */
export interface WeekOutcome {
  kind: 'answered' | 'acted' | 'dropped' | 'failed' | 'nothing';
  /** The step that answered, did the first thing, dropped or failed. */
  node?: string;
  /** The last exits taken, as `node.port`, in order. */
  exits: readonly string[];
}

/** A message at every full hour of a week, Monday first. */
export interface Week {
  outcomes: WeekOutcome[];
  /** Seven days of 24 hours. */
  cells: { at: string; outcome: number }[][];
}

/**
 * Sends one message at every full hour of a week, each time from the same state, as if the others had not been.
 * @param monday YYYY-MM-DD
 * @param zone IANA name of the clock that the hours are of
 * @returns undefined while the graph has errors
 */
export async function playWeek(
  rules: ChatRules,
  event: RuleEvent,
  { monday, zone, given }: { monday: string; zone: string; given?: { event: RuleEvent; memory: Memory } },
): Promise<Week | undefined> {
  const graphs = compileAll(rules);
  if (!graphs) return undefined;
  const outcomes: WeekOutcome[] = [];
  const places = new Map<string, number>();
  const cells: Week['cells'] = [];
  for (let day = 0; day < 7; day++) {
    const row: Week['cells'][number] = [];
    for (let hour = 0; hour < 24; hour++) {
      const at = toInstant(dayAfter(monday, day), `${String(hour).padStart(2, '0')}:00`, zone) ?? event.at;
      const played = (await createSession(graphs, { given: given && withoutTimers(given) }).play({ ...event, at })).at(-1);
      const { status, effects, trace, reason, error } = played?.decision ?? { status: 'passed', effects: [], trace: [] };
      const key = JSON.stringify([
        status,
        trace.map(({ node, port, ruleSet }) => [node, port, ruleSet]),
        effects.map(({ node, type }) => [node, type]),
      ]);
      let place = places.get(key);
      if (place === undefined) {
        place = outcomes.length;
        places.set(key, place);
        const answer = effects.find(({ type }) => type === 'send-message');
        const kind = reason ? 'dropped' : error ? 'failed' : answer ? 'answered' : effects.length > 0 ? 'acted' : 'nothing';
        const node = (reason ?? error ?? answer ?? effects[0])?.node;
        outcomes.push({ kind, ...(node !== undefined && { node }), exits: trace.map((step) => `${step.node}.${step.port}`) });
      }
      row.push({ at, outcome: place });
    }
    cells.push(row);
  }
  return { outcomes, cells };
}

/** The Monday of the week that a day is in; both YYYY-MM-DD. */
export function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return dayAfter(date, -((day + 6) % 7));
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What falls due is not what is asked about: at every hour the message meets the same waiting steps. */
function withoutTimers({ event, memory }: { event: RuleEvent; memory: Memory }): { event: RuleEvent; memory: Memory } {
  const waiting = memory.waiting?.map((run) => ({ ...run, waits: run.waits.map((wait) => ({ ...wait, due: Number.MAX_SAFE_INTEGER })) }));
  return { event, memory: { ...memory, ...(waiting && { waiting }), silences: [] } };
}
