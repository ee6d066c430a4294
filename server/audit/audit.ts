import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { AuditAction } from '../../api/people.js';
import type { Caller } from '../auth/caller.js';

/** A caller, or a person who becomes one with this very deed (signs in, accepts an invitation). */
export type Actor = Pick<Caller, 'accountId' | 'userId' | 'tokenId' | 'name' | 'ip'>;

/** Who did what to which. The table takes inserts only: the application's role may neither change nor remove a line. */
@Injectable()
export class Audit {
  /**
   * One line, in the transaction of what it tells about. `subject` is the thing's name or id, `details`
   * what changed, never a secret. Where nobody is known it is the system, and `actor` names its part.
   */
  async write(
    db: EntityManager,
    caller: Actor | { accountId: string; actor: string; ip?: string | null },
    action: AuditAction,
    subject: string | null = null,
    details: Record<string, unknown> = {},
  ): Promise<void> {
    const by =
      'actor' in caller
        ? { kind: 'system', id: null, name: caller.actor }
        : caller.userId
          ? { kind: 'user', id: caller.userId, name: caller.name }
          : { kind: 'token', id: caller.tokenId, name: caller.name };
    await db.query(
      `INSERT INTO audit_log (id, account_id, actor_kind, actor_id, actor_name, ip, action, subject, details) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [uuid(), caller.accountId, by.kind, by.id, by.name, caller.ip ?? null, action, subject, details],
    );
  }
}
