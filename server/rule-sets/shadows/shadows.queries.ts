import type { EntityManager } from 'typeorm';
import type { BacktestConversation } from '../../../api/backtests.js';
import type { EffectCounts, Shadow, ShadowGroup, ShadowWithLedger } from '../../../api/shadows.js';
import { emptyMemory, type Bilingual, type Cause, type RuleGraph } from '../../../rules/index.js';
import { rowOf, rowsOf } from '../../sql/rows.js';
import { gatherLiveGraphs } from '../live-graphs.js';
import { tellCause, tellSide, type SideGraphs } from '../tell-side.js';
import { gatherVersionGraphs } from '../waiting.queries.js';
import type { LineSide } from './compare-line.js';

const mostGroups = 100;
const mostConversations = 100;

const columns = `s.id, s.version, s.base_version AS "baseVersion", s.status, s.author_name AS author, s.started_at AS "startedAt", s.ends_at AS "endsAt",
  s.ended_at AS "endedAt", s.ended_by AS "endedBy", s.events, s.most_events AS "mostEvents"`;

/** Shadows of a rule set that are kept, newest first; with an id, that one or none. */
export function gatherShadows(db: EntityManager, ruleSetId: string, id?: string): Promise<Shadow[]> {
  return rowsOf(
    db,
    `SELECT ${columns} FROM rule_set_shadows s WHERE s.rule_set_id = $1 AND ($2::uuid IS NULL OR s.id = $2) ORDER BY s.started_at DESC`,
    [ruleSetId, id ?? null],
  );
}

/** One of the shadows, or undefined. */
export async function gatherShadow(db: EntityManager, ruleSetId: string, id: string): Promise<Shadow | undefined> {
  return (await gatherShadows(db, ruleSetId, id))[0];
}

type Totals = Pick<ShadowWithLedger, 'lines' | 'differ' | 'outcomes' | 'conversations' | 'bySchedule' | 'wouldCall'> & EffectCounts;

/** The ledger of a shadow in figures, its differences grouped by where the versions part. */
export async function gatherLedger(db: EntityManager, ruleSetId: string, shadow: Shadow): Promise<ShadowWithLedger> {
  const totals = await rowOf<Totals>(
    db,
    `SELECT count(*)::int AS lines, count(*) FILTER (WHERE cause IS NOT NULL)::int AS differ, count(*) FILTER (WHERE NOT same_outcome)::int AS outcomes,
       count(DISTINCT conversation_id) FILTER (WHERE NOT same_outcome)::int AS conversations,
       count(*) FILTER (WHERE conversation_id IS NULL AND NOT same_outcome)::int AS "bySchedule", count(*) FILTER (WHERE would_call)::int AS "wouldCall",
       coalesce(sum(effects_same), 0)::int AS same, coalesce(sum(effects_other), 0)::int AS other, coalesce(sum(effects_live), 0)::int AS live,
       coalesce(sum(effects_shadow), 0)::int AS shadow
     FROM shadow_lines WHERE shadow_id = $1`,
    [shadow.id],
  );
  const groups = await rowsOf<Omit<ShadowGroup, 'title' | 'node'> & { cause: Cause }>(
    db,
    `WITH differing AS MATERIALIZED (
       SELECT md5(cause::text) AS key, cause, conversation_id, same_outcome, follows, changes, at FROM shadow_lines WHERE shadow_id = $1 AND cause IS NOT NULL),
     counted AS (
       SELECT key, cause, count(*)::int AS count, count(DISTINCT conversation_id) FILTER (WHERE NOT same_outcome)::int AS conversations,
         count(*) FILTER (WHERE conversation_id IS NULL AND NOT same_outcome)::int AS "bySchedule",
         count(*) FILTER (WHERE follows)::int AS follows, count(*) FILTER (WHERE same_outcome)::int AS "sameOutcome", min(at) AS first
       FROM differing GROUP BY key, cause),
     changed AS (SELECT key, change, count(*) AS times FROM differing, unnest(changes) change GROUP BY key, change),
     told AS (SELECT key, jsonb_object_agg(change, times) AS changes FROM changed GROUP BY key)
     SELECT c.key, c.cause, c.count, c.conversations, c."bySchedule", c.follows, c."sameOutcome", coalesce(t.changes, '{}') AS changes FROM counted c LEFT JOIN told t USING (key)
     ORDER BY c.count - c."sameOutcome" DESC, c.count DESC, c.first LIMIT $2`,
    [shadow.id, mostGroups],
  );
  const sides = await gatherSides(db, ruleSetId, shadow);
  const { same, other, live, shadow: only, ...counts } = totals ?? noLines;
  return {
    ...shadow,
    ...counts,
    effects: { same, other, live, shadow: only },
    groups: groups.map(({ cause, ...group }) => ({
      ...group,
      title: tellCause(cause, sides, inShadow),
      node: cause.ruleSet === undefined ? (cause.node ?? null) : null,
    })),
  };
}

const noLines: Totals = {
  lines: 0,
  differ: 0,
  outcomes: 0,
  conversations: 0,
  bySchedule: 0,
  wouldCall: 0,
  same: 0,
  other: 0,
  live: 0,
  shadow: 0,
};

/** Conversations whose outcome differs for one reason, each with its first such line, both ways told in words; a hundred at most. */
export async function gatherShadowConversations(
  db: EntityManager,
  ruleSetId: string,
  shadow: Shadow,
  group: string,
): Promise<BacktestConversation[]> {
  const rows = await rowsOf<Omit<BacktestConversation, 'old' | 'new'> & { live: LineSide | null; shadow: LineSide | null }>(
    db,
    `SELECT * FROM (
       SELECT DISTINCT ON (l.subject) l.conversation_id AS "conversationId", t.id AS "contactId", t.name AS contact, v.number::int AS number,
         c.name AS channel, l.at, l.event_type AS event, l.text, l.live, l.shadow
       FROM shadow_lines l LEFT JOIN conversations v ON v.id = l.conversation_id LEFT JOIN contacts t ON t.id = v.contact_id LEFT JOIN channels c ON c.id = v.channel_id
       WHERE l.shadow_id = $1 AND NOT l.same_outcome AND md5(l.cause::text) = $2 ORDER BY l.subject, l.at, l.id) first
     ORDER BY at LIMIT $3`,
    [shadow.id, group, mostConversations],
  );
  const sides = await gatherSides(db, ruleSetId, shadow);
  return rows.map(({ live, shadow: other, ...row }) => ({
    ...row,
    old: live && tellSide(playedOf(live), sides.old),
    new: other && tellSide(playedOf(other), sides.new),
  }));
}

const inShadow: Bilingual = { ru: 'в новой версии', en: 'in the new version' };

/** The name under which both sides know their own graph here. */
const own = '';

async function gatherSides(
  db: EntityManager,
  ruleSetId: string,
  { version, baseVersion }: Shadow,
): Promise<{ old: SideGraphs; new: SideGraphs }> {
  const versions = await gatherVersionGraphs(db, ruleSetId, [version, baseVersion]);
  // Steps of rule sets that run as a step are named as they are live now.
  const { before, after } = await gatherLiveGraphs(db, ruleSetId);
  const called = [...before, ...after].map((graph) => [graph.name, graph] as const);
  const side = (graph: RuleGraph | undefined): SideGraphs => ({
    graphs: new Map([...called, ...(graph ? [[own, graph] as const] : [])]),
    own,
  });
  return { old: side(versions.get(baseVersion)), new: side(versions.get(version)) };
}

function playedOf({ event, done }: LineSide): Parameters<typeof tellSide>[0] {
  return { event, memory: emptyMemory, decision: { ...done, memory: emptyMemory } };
}
