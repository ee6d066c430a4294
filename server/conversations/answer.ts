import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Audit } from '../audit/audit.js';
import type { Caller } from '../auth/caller.js';
import { connectors } from '../channels/connectors.js';
import { AccountScope } from '../db/account-scope.js';
import { splitText } from '../effects/split-text.js';
import { Changes } from '../live/changes.js';
import { raiseEvent } from '../messaging/raise-event.js';
import { Conflict, NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';

/** A person answers in a conversation: the message goes out, open tasks end, and the rules hear of it. */
@Injectable()
export class Answer {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
  ) {}

  /**
   * Puts the text into the outbox, split where the channel takes no longer one. Gives the ids of the messages.
   * Throws `NotFound`, and `Conflict` for a conversation that is closed.
   */
  async apply(caller: Caller, id: string, text: string): Promise<string[]> {
    return this.scope.run(caller.accountId, async (db) => {
      const found = await rowOf<Found>(
        db,
        `SELECT v.status, v.channel_id AS "channelId", v.contact_id AS "contactId", c.kind FROM conversations v JOIN channels c ON c.id = v.channel_id
         WHERE v.id = $1 FOR UPDATE OF v`,
        [id],
      );
      if (!found) throw new NotFound();
      if (found.status === 'closed') {
        throw new Conflict(
          { ru: 'Беседа закрыта', en: 'The conversation is closed' },
          { ru: 'Клиент откроет новую своим следующим сообщением.', en: 'The client’s next message opens a new one.' },
        );
      }
      const parts = splitText(text, connectors.get(found.kind)?.maxTextLength ?? 4000);
      const messages: string[] = [];
      for (const part of parts) {
        const messageId = uuid();
        messages.push(messageId);
        await db.query(
          `INSERT INTO messages (id, account_id, channel_id, conversation_id, contact_id, direction, origin, kind, text, at, status, author_id, author_name)
           VALUES ($1, $2, $3, $4, $5, 'out', 'operator', 'text', $6, now(), 'passed', $7, $8)`,
          [messageId, caller.accountId, found.channelId, id, found.contactId, part, caller.userId, caller.name],
        );
        await db.query(
          `INSERT INTO message_exports (message_id, crm_connection_id, account_id, status) SELECT $1, c.id, c.account_id, 'queued' FROM crm_connections c WHERE c.active`,
          [messageId],
        );
        await db.query(`INSERT INTO outbox (id, account_id, channel_id, conversation_id, message_id) VALUES ($1, $2, $3, $4, $5)`, [
          uuid(),
          caller.accountId,
          found.channelId,
          id,
          messageId,
        ]);
        const message = { id: messageId, kind: 'text', text: part, origin: 'operator' };
        await raiseEvent(db, caller.accountId, {
          conversationId: id,
          type: 'message-sent',
          id: messageId,
          body: { message, operator: caller.userId },
        });
      }
      await db.query(
        `UPDATE conversations SET outbound = outbound + $2, unread = 0, needs_answer = false, last_message_at = greatest(last_message_at, now()) WHERE id = $1`,
        [id, parts.length],
      );
      // An operator's message ends the tasks that asked for it.
      await db.query(
        `UPDATE tasks SET done_at = now() WHERE done_at IS NULL AND mode <> 'manual'
           AND (conversation_id = $1 OR deal_id IN (SELECT d.id FROM deals d WHERE d.contact_id = $2 AND d.open))`,
        [id, found.contactId],
      );
      await this.audit.write(db, caller, 'conversation.answer', id, { messages: messages.length });
      await this.changes.publish(db, caller.accountId, { kind: 'message', conversationId: id });
      await this.changes.publish(db, caller.accountId, { kind: 'task' });
      await db.query(`SELECT pg_notify('outbox', $1)`, [`${caller.accountId} ${id}`]);
      return messages;
    });
  }
}

interface Found {
  status: 'open' | 'closed';
  channelId: string;
  contactId: string;
  kind: string;
}
