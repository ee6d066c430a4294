import type { EntityManager } from 'typeorm';
import { graphSchema, nodeTypes, readGraph } from '../../rules/index.js';
import type { Caller } from '../auth/caller.js';
import { Invalid, NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { hashGraph } from './hash-graph.js';

/**
 * Freezes the draft as a version that is not published: a candidate. One that is frozen already is not frozen twice. The rule set's row must be locked.
 * @throws NotFound, and Invalid for a draft that cannot run
 */
export async function freezeDraft(db: EntityManager, caller: Caller, id: string): Promise<number> {
  const row = await rowOf<{ draft: unknown }>(db, `SELECT draft FROM rule_sets WHERE id = $1`, [id]);
  if (!row) throw new NotFound();
  const { graph, findings } = readGraph(row.draft, nodeTypes);
  if (!graph)
    throw new Invalid(
      findings.map(({ path, text }) => ({ path: path ?? '', detail: text })),
      { ru: 'Черновик с ошибками не запустить: исправьте их', en: 'A draft with errors cannot run: mend them' },
      { problems: findings },
    );
  const hash = hashGraph(graphSchema.parse(row.draft));
  const known = await rowOf<{ version: number }>(
    db,
    `SELECT version FROM rule_set_versions WHERE rule_set_id = $1 AND hash = $2 AND published_at IS NULL ORDER BY version DESC LIMIT 1`,
    [id, hash],
  );
  if (known) return known.version;
  const frozen = await rowOf<{ version: number }>(
    db,
    `INSERT INTO rule_set_versions (rule_set_id, version, account_id, graph, hash, author_id, author_name, published_at)
     SELECT s.id, (SELECT coalesce(max(v.version), 0) + 1 FROM rule_set_versions v WHERE v.rule_set_id = s.id), s.account_id, s.draft, $2, $3, $4, NULL
     FROM rule_sets s WHERE s.id = $1 RETURNING version`,
    [id, hash, caller.userId, caller.name],
  );
  if (!frozen) throw new NotFound();
  return frozen.version;
}
