import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import type { EntityManager } from 'typeorm';
import type { ChannelConnector, ConnectedChannel } from '../channels/channel-connector.js';
import { connectors } from '../channels/connectors.js';
import { CONFIG, type Config } from '../config/config.js';
import { SecretBox } from '../config/secret-box.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';

/** A channel that can be used, with its connector and its secrets in the clear: lives in memory only. */
export interface OpenChannel {
  id: string;
  accountId: string;
  kind: string;
  active: boolean;
  connector: ChannelConnector;
  channel: ConnectedChannel<unknown>;
  /** Why the stored settings cannot be used; the channel then refuses everything. */
  broken?: string;
}

/** How long a channel may be used as read when no news of a change came: news is lost only while the listening connection is away. */
const freshForMs = 10_000;

/** The channels as the path needs them, read once and forgotten when something changes. */
@Injectable()
export class ConnectedChannels implements OnModuleInit, OnModuleDestroy {
  private readonly byId = new Map<string, { open: OpenChannel; readAt: number }>();
  private readonly idByHookKey = new Map<string, { channelId: string; accountId: string }>();
  private news: Subscription | undefined;

  constructor(
    private readonly scope: AccountScope,
    private readonly box: SecretBox,
    private readonly changes: Changes,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.news = this.changes.heard('channel').subscribe(({ id }) => {
      if (id) this.byId.delete(id);
      else this.forgetAll();
    });
  }

  onModuleDestroy(): void {
    this.news?.unsubscribe();
  }

  /** Undefined: there is no such hook. */
  async byHookKey(hookKey: string): Promise<OpenChannel | undefined> {
    let ids = this.idByHookKey.get(hookKey);
    if (!ids) {
      const [found] = await this.scope.lookUp<{ channel_id: string; account_id: string }>('SELECT * FROM find_channel($1)', [hookKey]);
      if (!found) return undefined;
      ids = { channelId: found.channel_id, accountId: found.account_id };
      this.idByHookKey.set(hookKey, ids);
    }
    return this.get(ids.accountId, ids.channelId);
  }

  /** Undefined: it was deleted. */
  async get(accountId: string, channelId: string): Promise<OpenChannel | undefined> {
    const known = this.byId.get(channelId);
    if (known && Date.now() - known.readAt < freshForMs) return known.open;
    const open = await this.scope.run(accountId, (db) => this.read(db, accountId, channelId));
    if (open) this.byId.set(channelId, { open, readAt: Date.now() });
    else this.forgetAll();
    return open;
  }

  private forgetAll(): void {
    this.byId.clear();
    this.idByHookKey.clear();
  }

  private async read(db: EntityManager, accountId: string, channelId: string): Promise<OpenChannel | undefined> {
    const [row]: ChannelRow[] = await db.query(
      'SELECT id, kind, name, account, surface, active, hook_key, settings, secrets FROM channels WHERE id = $1',
      [channelId],
    );
    const connector = row && connectors.get(row.kind);
    if (!row || !connector) return undefined;
    const open = {
      id: row.id,
      accountId,
      kind: row.kind,
      active: row.active,
      connector,
      channel: {
        id: row.id,
        name: row.name,
        account: row.account,
        surface: row.surface,
        settings: {},
        hookUrl: `${this.config.publicUrl ?? ''}/hooks/${row.hook_key}`,
      },
    };
    const secrets = row.secrets ? openSecrets(this.box, row.secrets, `${accountId}:${row.id}`) : {};
    if (!secrets) return { ...open, broken: 'the secrets do not open with this server’s key' };
    const settings = connector.settings.safeParse({ ...row.settings, ...secrets });
    if (!settings.success)
      return { ...open, broken: settings.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') };
    return { ...open, channel: { ...open.channel, settings: settings.data } };
  }
}

interface ChannelRow {
  id: string;
  kind: string;
  name: string;
  account: string | null;
  surface: 'direct' | 'comments';
  active: boolean;
  hook_key: string;
  settings: Record<string, unknown>;
  secrets: Buffer | null;
}

function openSecrets(box: SecretBox, sealed: Buffer, context: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(box.open(sealed, context)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
