import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Caller } from '../auth/caller.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { Conflict, NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';

/** A person's decision to send again what failed, or what may or may not have arrived; the product never takes it by itself. */
@Injectable()
export class Resend {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
  ) {}

  /** Puts the message back into the queue. Throws `NotFound`, and `Conflict` for one that is neither failed nor unknown. */
  async apply(caller: Caller, messageId: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const message = await rowOf<{ conversationId: string; outboxId: string | null; status: string | null }>(
        db,
        `SELECT m.conversation_id AS "conversationId", o.id AS "outboxId", o.status
         FROM messages m LEFT JOIN outbox o ON o.message_id = m.id WHERE m.id = $1`,
        [messageId],
      );
      if (!message) throw new NotFound();
      // The condition stands in the UPDATE too: of two people who press the button at once, one succeeds.
      const queued = await rowOf(
        db,
        `UPDATE outbox SET status = 'queued', next_attempt_at = now(), error = NULL, updated_at = now()
         WHERE id = $1 AND status IN ('failed', 'unknown') RETURNING id`,
        [message.outboxId],
      );
      if (!queued) {
        throw new Conflict(
          { ru: 'Это сообщение нельзя отправить ещё раз', en: 'This message cannot be sent again' },
          { ru: 'Повторить можно только неудачную или неясную отправку.', en: 'Only a failed or an unclear delivery can be repeated.' },
        );
      }
      await this.audit.write(db, caller, 'message.resend', messageId, { was: message.status });
      await this.changes.publish(db, caller.accountId, { kind: 'message', id: messageId, conversationId: message.conversationId });
      await db.query(`SELECT pg_notify('outbox', $1)`, [`${caller.accountId} ${message.conversationId}`]);
    });
  }
}
