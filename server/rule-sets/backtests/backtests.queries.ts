import type { EntityManager } from 'typeorm';
import type { Backtest, BacktestConversation } from '../../../api/backtests.js';
import { rowsOf } from '../../sql/rows.js';

const columns = `b.id, b.from_day::text AS "from", b.to_day::text AS "to", b.channel_ids AS channels, b.version, b.draft_revision <> s.draft_revision AS "isOutdated",
  b.status, b.done, b.total, b.error, b.author_name AS author, b.created_at AS "createdAt", b.finished_at AS "finishedAt", b.result`;

/** Backtests of a rule set that are kept, newest first; with an id, that one or none. */
export function gatherBacktests(db: EntityManager, ruleSetId: string, id?: string): Promise<Backtest[]> {
  return rowsOf(
    db,
    `SELECT ${columns} FROM backtests b JOIN rule_sets s ON s.id = b.rule_set_id
     WHERE b.rule_set_id = $1 AND ($2::uuid IS NULL OR b.id = $2) ORDER BY b.created_at DESC`,
    [ruleSetId, id ?? null],
  );
}

/** Conversations whose outcome changes for one reason, in the order of their first difference; the next page begins after `after`. */
export function gatherConversations(
  db: EntityManager,
  backtestId: string,
  group: number,
  after: number,
  limit: number,
): Promise<(BacktestConversation & { no: number })[]> {
  return rowsOf(
    db,
    `SELECT d.no, d.conversation_id AS "conversationId", t.id AS "contactId", t.name AS contact, v.number::int AS number, c.name AS channel, d.at, d.event, d.text, d.old, d.new
     FROM backtest_differences d LEFT JOIN conversations v ON v.id = d.conversation_id LEFT JOIN contacts t ON t.id = v.contact_id LEFT JOIN channels c ON c.id = v.channel_id
     WHERE d.backtest_id = $1 AND d.group_no = $2 AND d.no > $3 ORDER BY d.no LIMIT $4`,
    [backtestId, group, after, limit],
  );
}
