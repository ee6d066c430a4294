import { compile, createSession, nodeTypes, readGraph, type RuleEvent, type RuleGraph } from '../../../../rules/index.js';
import { toInstant } from '../wall-clock.js';

/** A step of a rule set. */
export interface Place {
  ruleSet: string;
  node: string;
}

/** Who answers a message: `one` rule set, `several`, `people` (no rule answers, and it reaches them), `nobody` (it is dropped), `failed` (and it reaches people). */
export interface HourAnswer {
  kind: 'one' | 'several' | 'people' | 'nobody' | 'failed';
  /** The steps that answer, or the one that dropped or failed. */
  places: Place[];
  /** Minutes after which the first answer comes, where it does not come at once. */
  after?: number;
}

/** Who answers at every full hour of a week, Monday first. */
export interface AnswersWeek {
  outcomes: HourAnswer[];
  cells: { at: string; outcome: number }[][];
}

/** An answer that comes later than this is none: the client has not been answered. */
const waitsMs = 60 * 60_000;

/**
 * Sends a new client's message at every full hour of a week through all rule sets together, each time as if the others had not been, and lets an hour pass: an
 * autoresponder may wait for people first.
 * @param graphs under the names of their rule sets, in order of priority; those that cannot be read are left out, as the server leaves them out
 * @param monday YYYY-MM-DD
 * @param zone IANA name of the clock that the hours are of
 */
export async function playAnswers(
  graphs: readonly RuleGraph[],
  event: RuleEvent,
  { monday, zone }: { monday: string; zone: string },
): Promise<AnswersWeek> {
  const compiled = graphs.flatMap((graph) => {
    const read = readGraph(graph, nodeTypes).graph;
    return read ? [compile(read, nodeTypes)] : [];
  });
  const outcomes: HourAnswer[] = [];
  const known = new Map<string, number>();
  const cells: AnswersWeek['cells'] = [];
  for (let day = 0; day < 7; day++) {
    const row: AnswersWeek['cells'][number] = [];
    for (let hour = 0; hour < 24; hour++) {
      const date = new Date(Date.parse(`${monday}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10);
      const at = toInstant(date, `${String(hour).padStart(2, '0')}:00`, zone) ?? event.at;
      const session = createSession(compiled, { names: true });
      const played = [...(await session.play({ ...event, at })), ...(await session.advance(Date.parse(at) + waitsMs))];
      const answer = answerOf(played.filter(({ event: { type } }) => type !== 'schedule-ticked'), Date.parse(at)); // oxfmt-ignore
      const key = JSON.stringify(answer);
      let outcome = known.get(key);
      if (outcome === undefined) {
        outcome = outcomes.length;
        known.set(key, outcome);
        outcomes.push(answer);
      }
      row.push({ at, outcome });
    }
    cells.push(row);
  }
  return { outcomes, cells };
}

type Played = Awaited<ReturnType<ReturnType<typeof createSession>['play']>>;

function answerOf(played: Played, at: number): HourAnswer {
  const replies = played.flatMap(({ event, decision }) =>
    decision.effects.flatMap(({ type, node, ruleSet = '' }) =>
      type === 'send-message' ? [{ place: { ruleSet, node }, at: Date.parse(event.at) }] : [],
    ),
  );
  if (replies.length > 0) {
    const places = new Map(replies.map(({ place }) => [`${place.ruleSet}/${place.node}`, place]));
    const sets = new Set(replies.map(({ place }) => place.ruleSet));
    const after = Math.round((Math.min(...replies.map((reply) => reply.at)) - at) / 60_000);
    return { kind: sets.size > 1 ? 'several' : 'one', places: [...places.values()], ...(after > 0 && { after }) };
  }
  const { reason, error } = played[0]?.decision ?? {};
  const end = reason ?? error;
  if (!end) return { kind: 'people', places: [] };
  return { kind: reason ? 'nobody' : 'failed', places: [{ ruleSet: end.ruleSet ?? '', node: end.node }] };
}
