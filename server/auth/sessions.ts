import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Role } from '../../api/session.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import type { Caller } from './caller.js';
import { hashOfToken, newSecretToken } from './secret-token.js';

const hour = 3_600_000;
const idleMs = 12 * hour;
const absoluteMs = 7 * 24 * hour;
// Writing "last seen" at every request would make every read a write.
const seenEveryMs = 60_000;

/** Sessions of people and tokens of programs. Looked up in the database at every request, so that an ended session, a new role or a disabled person holds at once. */
@Injectable()
export class Sessions {
  constructor(
    private readonly scope: AccountScope,
    private readonly changes: Changes,
  ) {}

  /** A new session in the given transaction; old ones of the person that have expired go. */
  async start(
    db: EntityManager,
    person: { accountId: string; userId: string },
    from: { ip: string; userAgent: string | undefined },
  ): Promise<{ token: string; expiresAt: Date }> {
    const { token, hash } = newSecretToken();
    const expiresAt = new Date(Date.now() + absoluteMs);
    await db.query(`DELETE FROM sessions WHERE user_id = $1 AND (expires_at < now() OR last_seen_at < now() - make_interval(secs => $2))`, [
      person.userId,
      idleMs / 1000,
    ]);
    await db.query(
      `INSERT INTO sessions (id, account_id, user_id, token_hash, ip, user_agent, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [uuid(), person.accountId, person.userId, hash, from.ip, from.userAgent?.slice(0, 300) ?? null, expiresAt],
    );
    return { token, expiresAt };
  }

  /** Whose session it is; undefined when it has ended, whatever ended it. */
  async find(token: string, ip: string): Promise<Caller | undefined> {
    const [row] = await this.scope.lookUp<SessionRow>(`SELECT * FROM find_session($1)`, [hashOfToken(token)]);
    if (!row) return undefined;
    const idle = Date.now() - row.last_seen_at.getTime();
    if (idle > idleMs || row.expires_at.getTime() < Date.now()) return undefined;
    if (idle > seenEveryMs) {
      await this.scope.run(row.account_id, (db) => db.query(`UPDATE sessions SET last_seen_at = now() WHERE id = $1`, [row.session_id]));
    }
    return {
      accountId: row.account_id,
      userId: row.user_id,
      tokenId: null,
      sessionId: row.session_id,
      name: row.name,
      role: row.role,
      language: row.language,
      ip,
    };
  }

  /** Whose API token it is. */
  async findApiToken(token: string, ip: string): Promise<Caller | undefined> {
    const [row] = await this.scope.lookUp<ApiTokenRow>(`SELECT * FROM find_api_token($1)`, [hashOfToken(token)]);
    if (!row) return undefined;
    await this.scope.run(row.account_id, (db) =>
      db.query(
        `UPDATE api_tokens SET last_used_at = now() WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
        [row.token_id],
      ),
    );
    return {
      accountId: row.account_id,
      userId: null,
      tokenId: row.token_id,
      sessionId: null,
      name: row.name,
      role: row.role,
      language: 'ru',
      ip,
    };
  }

  /** Whether a caller who was let in (to a stream) would be let in again, with the same role. */
  async isStill(caller: Caller): Promise<boolean> {
    const [now]: { role: Role }[] = await this.scope.run(caller.accountId, (db) =>
      caller.sessionId
        ? db.query(
            `SELECT u.role FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1 AND u.active AND s.expires_at > now()
             AND s.last_seen_at > now() - make_interval(secs => $2)`,
            [caller.sessionId, idleMs / 1000],
          )
        : db.query(`SELECT role FROM api_tokens WHERE id = $1`, [caller.tokenId]),
    );
    return now?.role === caller.role;
  }

  /** Ends one session; gives whether it was there. Its streams close with the commit. */
  async end(db: EntityManager, accountId: string, sessionId: string, userId: string): Promise<boolean> {
    const ended: unknown[] = await db.query(
      `WITH ended AS (DELETE FROM sessions WHERE id = $1 AND user_id = $2 RETURNING id) SELECT id FROM ended`,
      [sessionId, userId],
    );
    await this.changes.publish(db, accountId, { kind: 'people' });
    return ended.length > 0;
  }

  /** Ends the person's sessions, all but `keep`. */
  async endAll(db: EntityManager, accountId: string, userId: string, keep: string | null = null): Promise<void> {
    await db.query(`DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2`, [userId, keep]);
    await this.changes.publish(db, accountId, { kind: 'people' });
  }
}

interface SessionRow {
  session_id: string;
  account_id: string;
  user_id: string;
  role: Role;
  name: string;
  language: 'ru' | 'en';
  last_seen_at: Date;
  expires_at: Date;
}

interface ApiTokenRow {
  token_id: string;
  account_id: string;
  name: string;
  role: Role;
}
