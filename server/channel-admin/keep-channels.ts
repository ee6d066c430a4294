import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { changeChannel, createChannel } from '../../api/channels.js';
import type { AuditAction } from '../../api/people.js';
import { Audit } from '../audit/audit.js';
import type { Caller } from '../auth/caller.js';
import type { ChannelConnector } from '../channels/channel-connector.js';
import { connectors } from '../channels/connectors.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { Invalid, NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { setters } from '../sql/setters.js';
import { orTaken } from '../sql/taken.js';
import { gatherChannels, type ChannelRow } from './channels.queries.js';
import { SealedSettings } from './sealed-settings.js';
import { mergeSettings } from './settings-form.js';

/** The rows of channels; talking to the platforms is `ConnectChannel`'s, once the change is committed. */
@Injectable()
export class KeepChannels {
  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
    private readonly sealed: SealedSettings,
  ) {}

  /** Throws `Invalid` for an unknown kind or bad settings, `Conflict` for a name in use. */
  async create(caller: Caller, wanted: z.infer<typeof createChannel>): Promise<ChannelRow> {
    const connector = connectorOf(wanted.kind);
    const { plain, secrets } = mergeSettings(connector, { plain: {}, secrets: {} }, wanted.settings);
    const id = uuid();
    return this.scope.run(caller.accountId, async (db) => {
      const insert = db.query(
        `INSERT INTO channels (id, account_id, kind, name, account, surface, hook_key, settings, secrets) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          id,
          caller.accountId,
          wanted.kind,
          wanted.name,
          wanted.account ?? null,
          wanted.surface ?? 'direct',
          // Who knows the address may knock: it is as hard to guess as a session.
          randomBytes(32).toString('base64url'),
          JSON.stringify(plain),
          this.sealed.seal(caller.accountId, id, secrets),
        ],
      );
      await orTaken(insert, nameTaken(wanted.name));
      await this.tell(db, caller, 'channel.create', id, wanted.name, { kind: wanted.kind });
      return one(db, id);
    });
  }

  /** Throws `NotFound`, `Invalid` for bad settings, `Conflict` for a name in use. */
  async change(caller: Caller, id: string, wanted: z.infer<typeof changeChannel>): Promise<ChannelRow> {
    return this.scope.run(caller.accountId, async (db) => {
      const before = await rowOf<Pick<ChannelRow, 'kind' | 'name' | 'settings' | 'secrets'>>(
        db,
        `SELECT kind, name, settings, secrets FROM channels WHERE id = $1 FOR UPDATE`,
        [id],
      );
      if (!before) throw new NotFound();
      const stored = { plain: before.settings, secrets: this.sealed.open(caller.accountId, id, before.secrets) };
      const merged = wanted.settings && mergeSettings(connectorOf(before.kind), stored, wanted.settings);
      const reconnects = merged !== undefined || wanted.active !== undefined;
      const { sql, values } = setters({
        name: wanted.name,
        account: wanted.account,
        surface: wanted.surface,
        active: wanted.active,
        settings: merged && JSON.stringify(merged.plain),
        secrets: merged && this.sealed.seal(caller.accountId, id, merged.secrets),
        // What was wrong may be mended now; the next connect or message tells.
        state: reconnects ? 'new' : undefined,
        last_error: reconnects ? null : undefined,
        last_error_at: reconnects ? null : undefined,
      });
      if (values.length > 0) {
        const update = db.query(`UPDATE channels SET ${sql} WHERE id = $${values.length + 1}`, [...values, id]);
        await orTaken(update, nameTaken(wanted.name ?? before.name));
        const { settings, ...shown } = wanted;
        await this.tell(db, caller, 'channel.change', id, before.name, { ...shown, settings: settings && Object.keys(settings) });
      }
      return one(db, id);
    });
  }

  /** Takes the channel's conversations and messages with it. Throws `NotFound`. */
  async remove(caller: Caller, id: string): Promise<ChannelRow> {
    return this.scope.run(caller.accountId, async (db) => {
      const channel = await one(db, id);
      // Years of messages go in one statement; nobody else waits for it.
      await db.query(`SET LOCAL statement_timeout = '10min'`);
      await db.query(`DELETE FROM channels WHERE id = $1`, [id]);
      await this.tell(db, caller, 'channel.delete', id, channel.name, { kind: channel.kind });
      return channel;
    });
  }

  private async tell(
    db: EntityManager,
    caller: Caller,
    action: AuditAction,
    id: string,
    name: string,
    details: Record<string, unknown>,
  ): Promise<void> {
    await this.audit.write(db, caller, action, name, { id, ...details });
    await this.changes.publish(db, caller.accountId, { kind: 'channel', id });
  }
}

async function one(db: EntityManager, id: string): Promise<ChannelRow> {
  const [channel] = await gatherChannels(db, id);
  if (!channel) throw new NotFound();
  return channel;
}

function connectorOf(kind: string): ChannelConnector {
  const connector = connectors.get(kind);
  if (!connector) throw new Invalid([{ path: 'kind', detail: { ru: 'Такого вида каналов нет', en: 'There is no such kind of channel' } }]);
  return connector;
}

function nameTaken(name: string): { ru: string; en: string } {
  return { ru: `Канал «${name}» уже есть`, en: `There is already a channel “${name}”` };
}
