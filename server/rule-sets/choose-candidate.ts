import type { EntityManager } from 'typeorm';
import type { Caller } from '../auth/caller.js';
import { Invalid } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { freezeDraft } from './freeze-draft.js';

/**
 * The version that is to be tried beside the live one: the one that is named, else the draft, which is frozen. The rule set's row must be locked.
 * @throws Invalid for a version that is not there or is the live one, and for a draft that cannot run
 */
export async function chooseCandidate(
  db: EntityManager,
  caller: Caller,
  { id, live }: { id: string; live: number },
  wanted: number | undefined,
): Promise<{ version: number; graph: unknown }> {
  const version = wanted ?? (await freezeDraft(db, caller, id));
  if (version === live) throw new Invalid([{ path: 'version', detail: isLive }]);
  const row = await rowOf<{ graph: unknown }>(db, `SELECT graph FROM rule_set_versions WHERE rule_set_id = $1 AND version = $2`, [
    id,
    version,
  ]);
  if (!row) throw new Invalid([{ path: 'version', detail: noVersion }]);
  return { version, graph: row.graph };
}

const isLive = { ru: 'Эта версия и так работает у всех', en: 'This version is live for all already' };
const noVersion = { ru: 'Такой версии нет', en: 'There is no such version' };
