import type { Attachment } from '../../rules/index.js';
import type { AccountScope } from '../db/account-scope.js';
import { rowOf, rowsOf } from '../sql/rows.js';
import type { OpenChannel } from './connected-channels.js';

/** What the chat's page shows of a message. */
export interface ShownMessage {
  id: string;
  /** The browser's own id, of the visitor's messages. */
  clientId?: string;
  from: 'visitor' | 'company';
  text: string;
  at: string;
  edited: boolean;
  deleted?: true;
  attachments: { type: string; name?: string; url?: string }[];
}

const mostShown = 200;
/** Ids grow with the time at which they were made, not committed: what is this much older than the last one seen may be new. */
const overlapMs = 30_000;

/** A visitor's messages on a web chat. */
export class WebchatHistory {
  /** Whose conversation is whose does not change; the least recent are forgotten. */
  private readonly threads = new Map<string, Promise<{ channelId: string; threadKey: string } | undefined>>();

  constructor(private readonly scope: AccountScope) {}

  /**
   * The last 200 messages of the visitor's thread, oldest first; with `after`, a message's id, only what is newer or may have been committed later, and
   * the messages `changed` too. Messages that the reader knows come again, deleted ones come without their text.
   */
  async read({ id, accountId }: OpenChannel, visitor: string, after?: string, changed: string[] = []): Promise<ShownMessage[]> {
    const rows = await this.scope.run(accountId, (db) =>
      rowsOf<MessageRow>(
        db,
        `SELECT m.id, m.direction, m.external_id, m.text, m.attachments, m.at, m.edited_at, m.deleted_at
         FROM contact_identities i
         JOIN conversations c ON c.contact_id = i.contact_id AND c.channel_id = $2 AND c.thread_key = $3
         JOIN messages m ON m.conversation_id = c.id AND ($4::uuid IS NULL OR m.id >= $4 OR m.id = ANY ($5::uuid[]))
         WHERE i.account_id = $1 AND i.scope = $2::text AND i.external_id = $3
         ORDER BY m.id DESC LIMIT ${mostShown}`,
        [accountId, id, visitor, after === undefined ? null : earliestBeside(after), changed],
      ),
    );
    return rows.toReversed().map(toShown);
  }

  /** Whether a conversation is the visitor's, by its id. Asked once for each conversation, however many visitors listen. */
  async isOf(conversationId: string, channel: OpenChannel, visitor: string): Promise<boolean> {
    let thread = this.threads.get(conversationId);
    if (!thread) {
      thread = this.findThread(channel.accountId, conversationId);
      this.threads.set(conversationId, thread);
      const [oldest] = this.threads.keys();
      if (this.threads.size > 10_000 && oldest !== undefined) this.threads.delete(oldest);
    }
    const found = await thread.catch((error: unknown) => {
      this.threads.delete(conversationId);
      throw error;
    });
    return found?.channelId === channel.id && found.threadKey === visitor;
  }

  private async findThread(accountId: string, conversationId: string): Promise<{ channelId: string; threadKey: string } | undefined> {
    const row = await this.scope.run(accountId, (db) =>
      rowOf<{ channel_id: string; thread_key: string }>(db, 'SELECT channel_id, thread_key FROM conversations WHERE id = $1', [
        conversationId,
      ]),
    );
    return row && { channelId: row.channel_id, threadKey: row.thread_key };
  }
}

interface MessageRow {
  id: string;
  direction: 'in' | 'out';
  external_id: string | null;
  text: string;
  attachments: Attachment[];
  at: string;
  edited_at: string | null;
  deleted_at: string | null;
}

function toShown(row: MessageRow): ShownMessage {
  const from = row.direction === 'in' ? 'visitor' : 'company';
  const clientId = from === 'visitor' ? row.external_id?.split(':')[1] : undefined;
  const known = { id: row.id, ...(clientId && { clientId }), from, at: row.at, edited: row.edited_at !== null } as const;
  if (row.deleted_at !== null) return { ...known, text: '', attachments: [], deleted: true };
  return {
    ...known,
    text: row.text,
    attachments: row.attachments.map(({ type, name, url }) => ({ type, ...(name && { name }), ...(url && { url }) })),
  };
}

/** The smallest UUID v7 of an instant a little before the one of `id`. */
function earliestBeside(id: string): string {
  const made = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  const hex = Math.max(0, made - overlapMs).toString(16).padStart(12, '0'); // oxfmt-ignore
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
