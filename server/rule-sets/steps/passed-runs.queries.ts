import type { EntityManager } from 'typeorm';
import type { PassedRun } from '../../../api/steps.js';
import { rowsOf } from '../../sql/rows.js';
import { anywhere } from '../../sql/search.js';

/** Shown at once. */
const mostShown = 5;
/** Newest runs that a search looks at: bounded, so that a word that is nowhere costs the same in any account. */
const mostSearched = 5_000;

/** The newest runs that took an exit of a step, newest first; of whichever version. */
export async function gatherPassed(
  db: EntityManager,
  ruleSetId: string,
  { node, port }: { node: string; port: string },
): Promise<PassedRun[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `SELECT id FROM (
       SELECT unnest(runs) AS id FROM step_latest WHERE rule_set_id = $1 AND node = $2 AND port = $3
       UNION SELECT run_id FROM steps_of(ARRAY(SELECT run_id FROM runs_to_count LIMIT 5000)) WHERE rule_set_id = $1 AND kind = 'left' AND node = $2 AND name = $3
     ) newest ORDER BY id DESC LIMIT ${mostShown * 2}`,
    [ruleSetId, node, port],
  );
  return gatherRunRows(db, rows.map(({ id }) => id)); // oxfmt-ignore
}

/** Runs of the rule set's newest ones whose message has this text in it, newest first. */
export async function findRuns(db: EntityManager, ruleSetId: string, text: string): Promise<PassedRun[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `SELECT r.id FROM (SELECT id, message_id, at FROM runs WHERE rule_set_id = $1 ORDER BY at DESC, id DESC LIMIT ${mostSearched}) r
     JOIN messages m ON m.id = r.message_id WHERE m.text ILIKE $2 COLLATE "und-x-icu" ORDER BY r.at DESC, r.id DESC LIMIT ${mostShown}`,
    [ruleSetId, anywhere(text)],
  );
  return gatherRunRows(db, rows.map(({ id }) => id)); // oxfmt-ignore
}

/** Runs that went with their conversation are left out. */
function gatherRunRows(db: EntityManager, ids: string[]): Promise<PassedRun[]> {
  return rowsOf<PassedRun>(
    db,
    `SELECT r.id AS run, r.rule_set_id AS "ruleSet", r.version, r.at, r.event_type AS "eventType", r.message_id AS message,
            coalesce(m.text, r.event #>> '{message,text}', '') AS text, coalesce(c.name, i.name, i.username, c.phone, i.phone) AS contact
     FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place) JOIN runs r ON r.id = wanted.id
     LEFT JOIN messages m ON m.id = r.message_id
     LEFT JOIN conversations v ON v.id = r.conversation_id
     LEFT JOIN contacts c ON c.id = coalesce(m.contact_id, v.contact_id)
     LEFT JOIN LATERAL (SELECT i.name, i.username, i.phone FROM contact_identities i WHERE i.contact_id = c.id ORDER BY i.created_at LIMIT 1) i ON true
     ORDER BY wanted.place LIMIT ${mostShown}`,
    [ids],
  );
}
