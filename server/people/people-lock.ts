import type { EntityManager } from 'typeorm';
import type { Role } from '../../api/session.js';
import type { Caller } from '../auth/caller.js';
import { Conflict, Forbidden } from '../problem/problems.js';

/**
 * Changes of people in an account happen one after another, so that of two admins who act at once the second is judged by what the first left. Gives the
 * caller's role as it is now. Throws `Forbidden` when he lost his rights meanwhile.
 */
export async function lockPeople(db: EntityManager, caller: Caller): Promise<Role> {
  await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('people ' || $1, 0))`, [caller.accountId]);
  const [now]: { role: Role }[] = caller.userId
    ? await db.query(`SELECT role FROM users WHERE id = $1 AND active`, [caller.userId])
    : await db.query(`SELECT role FROM api_tokens WHERE id = $1`, [caller.tokenId]);
  if (now?.role !== 'owner' && now?.role !== 'admin') throw new Forbidden();
  return now.role;
}

/** Call before the commit of a change of a role or of a switch-off. Throws `Conflict` when nobody is left who owns the account and can sign in. */
export async function keepAnOwner(db: EntityManager): Promise<void> {
  const [left]: { owners: number }[] = await db.query(
    `SELECT count(*)::int AS owners FROM users WHERE role = 'owner' AND active AND password_hash IS NOT NULL`,
  );
  if (left && left.owners > 0) return;
  throw new Conflict({ ru: 'Это последний владелец: сначала назначьте другого', en: 'This is the last owner: appoint another one first' });
}
