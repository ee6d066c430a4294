import { escapeIdentifier } from 'pg';
import type { TestDatabase } from './database.js';

/** Versions that are tried on live traffic: the only rows that may differ. */
const ofTrials = ['rule_set_shadows', 'shadow_events', 'shadow_memories', 'shadow_lines', 'rule_set_releases'];
/** What differs between two companies by nature: who they are, how they sign in, what was frozen, what was noted of it, and the raw requests with their own ids. */
const ofCompanies = ['accounts', 'users', 'sessions', 'channels', 'audit_log', 'rule_sets', 'rule_set_versions', 'webhook_requests'];

/** What every other table holds of an account, with ids, instants and row numbers blotted out, so that two accounts with the same history hold the same. */
export async function rowsOf(database: TestDatabase, account: string): Promise<Record<string, string[]>> {
  const tables = await database.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'account_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT c.relname = ANY ($1) ORDER BY 1`,
    [[...ofTrials, ...ofCompanies]],
  );
  const held: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await database.query<{ row: string }>(
      `SELECT (to_jsonb(t) - 'seq')::text AS row FROM ${escapeIdentifier(name)} t WHERE account_id = $1`,
      [account],
    );
    held[name] = rows
      .map(({ row }) => row.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.+Z-]+|\b\d{13}\b|msg_[\w-]+/g, '·'))
      .sort((a, b) => (a < b ? -1 : 1));
  }
  return held;
}
