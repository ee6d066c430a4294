import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import type { OpenChannel } from './connected-channels.js';

/** What the admin sees on a channel's card: working, or failing and why. Written when it changes, not with every message. */
@Injectable()
export class ChannelHealth implements OnModuleInit, OnModuleDestroy {
  /** The last word that this process wrote about a channel: '' for working. */
  private readonly told = new Map<string, string>();
  private news: Subscription | undefined;

  constructor(
    private readonly scope: AccountScope,
    private readonly changes: Changes,
  ) {}

  onModuleInit(): void {
    // Somebody else may have written the row: a reconnect, another process. Our own news costs one more look at the row.
    this.news = this.changes.heard('channel').subscribe(({ id }) => {
      if (id) this.told.delete(id);
      else this.told.clear();
    });
  }

  onModuleDestroy(): void {
    this.news?.unsubscribe();
  }

  async works(open: OpenChannel): Promise<void> {
    await this.tell(open, '', async (db) => {
      const [, changed]: [unknown, number] = await db.query(
        `UPDATE channels SET state = 'connected', last_error = NULL WHERE id = $1 AND state <> 'connected'`,
        [open.id],
      );
      if (changed > 0) await this.changes.publish(db, open.accountId, { kind: 'channel', id: open.id });
    });
  }

  /** `text` is for the admin and holds no secret. */
  async fails(open: OpenChannel, text: string): Promise<void> {
    await this.tell(open, text, async (db) => {
      const [, changed]: [unknown, number] = await db.query(
        `UPDATE channels SET state = 'failing', last_error = $2, last_error_at = now() WHERE id = $1 AND (state <> 'failing' OR last_error IS DISTINCT FROM $2)`,
        [open.id, text],
      );
      if (changed === 0) return;
      await db.query(`INSERT INTO channel_logs (id, account_id, channel_id, level, text) VALUES ($1, $2, $3, 'error', $4)`, [
        uuid(),
        open.accountId,
        open.id,
        text,
      ]);
      await this.changes.publish(db, open.accountId, { kind: 'channel', id: open.id });
    });
  }

  /** A word that could not be written was not told: it is tried again with the next message. */
  private async tell(open: OpenChannel, word: string, write: (db: EntityManager) => Promise<void>): Promise<void> {
    if (this.told.get(open.id) === word) return;
    this.told.set(open.id, word);
    await this.scope.run(open.accountId, write).catch((error: unknown) => {
      if (this.told.get(open.id) === word) this.told.delete(open.id);
      throw error;
    });
  }
}
