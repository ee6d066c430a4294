import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { OutgoingMessage } from '../channels/channel-connector.js';
import type { AccountScope } from '../db/account-scope.js';
import type { OpenChannel } from './connected-channels.js';
import { pauseChannel, takeSend } from './rate-limits.js';

/** A message to send now, its attempt on record. */
export interface Claim {
  message: OutgoingMessage;
  conversationId: string;
  /** Earlier attempts that surely did not arrive: the place in the schedule. */
  failures: number;
}

type Tell = (db: EntityManager) => Promise<void>;

/**
 * The sending side of one conversation: one holder at a time over all processes, by a lease that a dead one loses. Every state of a delivery is a row
 * before and after the call, so that what a crash interrupted is known afterwards.
 */
export class DeliveryLane {
  private readonly holder = uuid();

  constructor(
    private readonly scope: AccountScope,
    private readonly accountId: string,
    private readonly conversationId: string,
    private readonly leaseSeconds: number,
  ) {}

  async take(): Promise<boolean> {
    return this.run(async (db) => {
      const rows: unknown[] = await db.query(
        `INSERT INTO delivery_lanes AS l (conversation_id, account_id, holder, lease_until) VALUES ($1, $2, $3, now() + $4 * interval '1 s')
         ON CONFLICT (conversation_id) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until WHERE l.lease_until < now() RETURNING 1`,
        [this.conversationId, this.accountId, this.holder, this.leaseSeconds],
      );
      return rows.length > 0;
    });
  }

  async release(): Promise<void> {
    await this.run((db) =>
      db.query('DELETE FROM delivery_lanes WHERE conversation_id = $1 AND holder = $2', [this.conversationId, this.holder]),
    );
  }

  /** Whether the oldest message may go now. The later ones wait for it, however due they are themselves. */
  async hasDue(): Promise<boolean> {
    return this.run(async (db) => {
      const [oldest]: { due: boolean }[] = await db.query(`SELECT o.next_attempt_at <= now() AS due ${pending} ORDER BY o.seq LIMIT 1`, [
        this.conversationId,
      ]);
      return oldest?.due ?? false;
    });
  }

  async channelOfNext(): Promise<string | undefined> {
    return this.run(async (db) => {
      const [row]: { channel_id: string }[] = await db.query(`SELECT o.channel_id ${pending} ORDER BY o.seq LIMIT 1`, [
        this.conversationId,
      ]);
      return row?.channel_id;
    });
  }

  /** The oldest message gets a little later. */
  async postpone(ms: number): Promise<void> {
    await this.run((db) =>
      db.query(
        `UPDATE outbox SET next_attempt_at = now() + $2 * interval '1 ms' WHERE seq = (SELECT o.seq ${pending} ORDER BY o.seq LIMIT 1)`,
        [this.conversationId, ms],
      ),
    );
  }

  /**
   * Prepares the oldest message: its attempt is on record before the call, its sends are taken from the buckets. Undefined: nothing is left, or the lease
   * was lost. `waitMs`: not yet. `uncertain`: its last sender died during the call; it is marked, not repeated.
   */
  async claim(open: OpenChannel): Promise<Claim | { waitMs: number } | { uncertain: true } | undefined> {
    return this.run(async (db) => {
      const [, kept]: [unknown, number] = await db.query(
        `UPDATE delivery_lanes SET lease_until = now() + $3 * interval '1 s' WHERE conversation_id = $1 AND holder = $2`,
        [this.conversationId, this.holder, this.leaseSeconds],
      );
      if (kept === 0) return undefined;
      const [row]: OutboxRow[] = await db.query(
        `SELECT o.id, o.status, o.attempts, m.id AS "messageId", m.text, m.attachments, m.reply_to AS "replyTo", c.thread_key AS "threadKey", c.chat,
           (extract(epoch FROM o.next_attempt_at - clock_timestamp()) * 1000)::float8 AS "waitMs",
           (SELECT i.external_id FROM contact_identities i WHERE i.contact_id = c.contact_id ORDER BY i.kind = $2 DESC, i.created_at DESC LIMIT 1) AS recipient,
           (SELECT a.sending_stopped FROM accounts a) AS "isStopped",
           (SELECT count(*)::int FROM delivery_attempts a WHERE a.outbox_id = o.id AND a.outcome IN ('unreachable', 'misconfigured', 'unknown')) AS failures,
           (SELECT count(*)::int FROM delivery_attempts a WHERE a.outbox_id = o.id AND a.detail = $3) AS interruptions
         ${pending} ORDER BY o.seq LIMIT 1 FOR UPDATE OF o`,
        [this.conversationId, open.kind, interrupted],
      );
      if (!row) return undefined;
      if (row.status === 'sending') {
        await db.query(
          `UPDATE delivery_attempts SET finished_at = now(), outcome = 'unknown', detail = $2 WHERE outbox_id = $1 AND finished_at IS NULL`,
          [row.id, interrupted],
        );
        // One that its senders do not live through may be what kills them: it holds up the conversation and the server for a while, not for ever.
        if (!open.connector.dedupesSends || row.interruptions + 1 >= mostInterruptions) {
          await db.query(`UPDATE outbox SET status = 'unknown', error = $2, updated_at = now() WHERE id = $1`, [row.id, interrupted]);
          return { uncertain: true };
        }
      }
      if (row.waitMs > 0) return { waitMs: row.waitMs };
      if (row.isStopped) {
        await db.query(
          `UPDATE outbox SET status = 'queued', next_attempt_at = now() + $2 * interval '1 ms', error = 'stopped' WHERE id = $1`,
          [row.id, stoppedForMs],
        );
        return { waitMs: stoppedForMs };
      }
      const message: OutgoingMessage = {
        id: row.messageId,
        threadKey: row.threadKey,
        chat: row.chat,
        recipient: row.recipient ?? row.threadKey,
        text: row.text,
        attachments: row.attachments,
        ...(row.replyTo !== null && { replyTo: row.replyTo }),
        attempt: row.attempts + 1,
      };
      const waitMs = await takeSend(db, this.accountId, open.id, open.connector.limits(open.channel, message));
      if (waitMs > 0) {
        await db.query(`UPDATE outbox SET status = 'queued', next_attempt_at = now() + $2 * interval '1 ms' WHERE id = $1`, [
          row.id,
          waitMs,
        ]);
        return { waitMs };
      }
      await db.query(`UPDATE outbox SET status = 'sending', attempts = $2, updated_at = now() WHERE id = $1`, [row.id, message.attempt]);
      await db.query('INSERT INTO delivery_attempts (outbox_id, attempt, account_id) VALUES ($1, $2, $3)', [
        row.id,
        message.attempt,
        this.accountId,
      ]);
      return { message, conversationId: this.conversationId, failures: row.failures };
    });
  }

  async recordSent(message: OutgoingMessage, externalId: string | null, tell: Tell): Promise<void> {
    await this.run(async (db) => {
      await this.finishAttempt(db, message, 'sent', null);
      // A receipt may have come before the answer: a state never goes back.
      await db.query(
        `UPDATE outbox SET status = CASE WHEN status IN ('delivered', 'read') THEN status ELSE 'sent' END, error = NULL, updated_at = now() WHERE message_id = $1`,
        [message.id],
      );
      if (externalId) {
        // A foreign system may give one id twice; that must not make a message that was sent look unsent.
        await db.query(
          `UPDATE messages m SET external_id = $2 WHERE id = $1 AND NOT EXISTS (SELECT FROM messages o WHERE o.channel_id = m.channel_id AND o.external_id = $2)`,
          [message.id, externalId],
        );
      }
      await tell(db);
    });
  }

  /** The message goes no further. */
  async recordEnd(message: OutgoingMessage, status: 'failed' | 'unknown', outcome: string, detail: string, tell: Tell): Promise<void> {
    await this.run(async (db) => {
      await this.finishAttempt(db, message, outcome, detail);
      await db.query(`UPDATE outbox SET status = $2, error = $3, updated_at = now() WHERE message_id = $1`, [message.id, status, detail]);
      await tell(db);
    });
  }

  async recordRetry(message: OutgoingMessage, outcome: string, detail: string, waitMs: number): Promise<void> {
    await this.run(async (db) => {
      await this.finishAttempt(db, message, outcome, detail);
      await this.requeue(db, message, detail, waitMs);
    });
  }

  /** `channelId`: everything on the channel waits, not only this conversation. */
  async recordThrottled(message: OutgoingMessage, detail: string, waitMs: number, channelId?: string): Promise<void> {
    await this.run(async (db) => {
      await this.finishAttempt(db, message, 'throttled', detail);
      await this.requeue(db, message, detail, waitMs);
      if (channelId) await pauseChannel(db, this.accountId, channelId, waitMs);
    });
  }

  /**
   * The platform gave the conversation another key; the same message goes there. Where somebody's message has opened a conversation of that key already,
   * this one is closed: clients go on in the other, and what is due here goes to the same place.
   */
  async recordMoved(message: OutgoingMessage, threadKey: string, detail: string): Promise<void> {
    await this.run(async (db) => {
      await this.finishAttempt(db, message, 'rejected', detail);
      await db.query(
        `UPDATE conversations c SET thread_key = $2, chat = jsonb_set(c.chat, '{id}', to_jsonb($2::text)),
           status = CASE WHEN other.id IS NULL THEN c.status ELSE 'closed' END,
           closed_at = CASE WHEN other.id IS NULL THEN c.closed_at ELSE coalesce(c.closed_at, now()) END
         FROM (SELECT $1::uuid AS mine) AS it LEFT JOIN conversations m ON m.id = it.mine
           LEFT JOIN conversations other ON other.channel_id = m.channel_id AND other.thread_key = $2 AND other.status = 'open' AND other.id <> m.id
         WHERE c.id = it.mine`,
        [this.conversationId, threadKey],
      );
      await this.requeue(db, message, detail, 0);
    });
  }

  async markBlocked(): Promise<void> {
    await this.run((db) =>
      db.query(
        `UPDATE contact_identities i SET blocked = true FROM conversations c JOIN channels h ON h.id = c.channel_id WHERE c.id = $1 AND i.contact_id = c.contact_id AND i.kind = h.kind`,
        [this.conversationId],
      ),
    );
  }

  private async finishAttempt(db: EntityManager, message: OutgoingMessage, outcome: string, detail: string | null): Promise<void> {
    await db.query(
      `UPDATE delivery_attempts a SET finished_at = now(), outcome = $3, detail = $4 FROM outbox o WHERE o.message_id = $1 AND a.outbox_id = o.id AND a.attempt = $2`,
      [message.id, message.attempt, outcome, detail],
    );
  }

  private async requeue(db: EntityManager, message: OutgoingMessage, detail: string, waitMs: number): Promise<void> {
    await db.query(
      `UPDATE outbox SET status = 'queued', next_attempt_at = now() + $2 * interval '1 ms', error = $3, updated_at = now() WHERE message_id = $1`,
      [message.id, waitMs, detail],
    );
  }

  private run<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    return this.scope.run(this.accountId, work);
  }
}

interface OutboxRow {
  id: string;
  status: 'queued' | 'sending';
  attempts: number;
  messageId: string;
  text: string;
  attachments: OutgoingMessage['attachments'];
  replyTo: string | null;
  threadKey: string;
  chat: OutgoingMessage['chat'];
  waitMs: number;
  /** A person stopped everything that goes out. */
  isStopped: boolean;
  recipient: string | null;
  failures: number;
  /** Attempts during which the sender stopped. */
  interruptions: number;
}

/** What an attempt is told by that nobody lived to end. */
const interrupted = 'the sender stopped during the call';
/** So many of them, and a message is repeated no more, though the platform would know it again: far more than a server that is restarted again and again makes. */
const mostInterruptions = 10;

/** How long a message rests that meets the stop; lifting it wakes all at once. */
const stoppedForMs = 60_000;

const pending = `FROM outbox o JOIN messages m ON m.id = o.message_id JOIN conversations c ON c.id = o.conversation_id WHERE o.conversation_id = $1 AND o.status IN ('queued', 'sending')`;
