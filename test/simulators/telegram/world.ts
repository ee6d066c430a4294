import type { Clock } from './clock.js';
import { LongPoll } from './long-poll.js';
import { UpdateQueue } from './update-queue.js';
import { WebhookWorker } from './webhook-worker.js';

export interface User {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
}

export interface ChatHead {
  id: number;
  type: 'private' | 'group' | 'supergroup' | 'channel';
  title?: string;
  username?: string;
  first_name?: string;
  last_name?: string;
  is_forum?: boolean;
}

/** A message in the Bot API's form. */
export interface Message {
  message_id: number;
  date: number;
  chat: ChatHead;
  [field: string]: unknown;
}

export interface Chat {
  head: ChatHead;
  messages: Map<number, Message>;
  lastMessageId: number;
  /** Bots that are in it. */
  bots: Set<number>;
  migratedTo?: number;
  /** Of a channel: the supergroup where its posts are discussed. */
  discussion?: number;
}

export interface StoredFile {
  fileId: string;
  uniqueId: string;
  bot: number;
  /** photo, document, voice … */
  field: string;
  size: number;
  content: Buffer;
  name?: string;
  mime?: string;
}

export interface Bot {
  user: User;
  token: string;
  revoked: boolean;
  queue: UpdateQueue;
  poll: LongPoll;
  worker: WebhookWorker;
  /** People who have written to it, and who block it. */
  started: Set<number>;
  blockedBy: Set<number>;
  webhookSetAt?: number;
}

/** Everybody and everything that Telegram knows in the simulator. */
export class World {
  readonly users = new Map<number, User>();
  readonly bots = new Map<number, Bot>();
  readonly files = new Map<string, StoredFile>();
  /** Download paths and until when they live. */
  readonly links = new Map<string, { fileId: string; until: number }>();
  private chats = new Map<string, Chat>();
  private counter = 0;

  constructor(readonly clock: Clock) {}

  nextNumber(): number {
    return ++this.counter;
  }

  addBot(user: User, token: string): Bot {
    const queue = new UpdateQueue(this.clock, 731_000_000 + this.bots.size * 1_000_000);
    const bot: Bot = {
      user,
      token,
      revoked: false,
      queue,
      poll: new LongPoll(queue, this.clock),
      worker: new WebhookWorker(queue, this.clock),
      started: new Set(),
      blockedBy: new Set(),
    };
    this.bots.set(user.id, bot);
    return bot;
  }

  addChat(head: ChatHead, bots: number[]): Chat {
    const chat: Chat = { head, messages: new Map(), lastMessageId: 0, bots: new Set(bots) };
    this.chats.set(`${head.id}`, chat);
    return chat;
  }

  /** A group or channel, or the private chat of a bot with a person; undefined when there is none. */
  chat(id: number, bot: number): Chat | undefined {
    if (id < 0) return this.chats.get(`${id}`);
    const user = this.users.get(id);
    if (!user) return undefined;
    const key = `${bot}:${id}`;
    const { is_bot: _, ...names } = user;
    const chat = this.chats.get(key) ?? {
      head: { ...names, type: 'private' as const },
      messages: new Map(),
      lastMessageId: 0,
      bots: new Set([bot]),
    };
    this.chats.set(key, chat);
    return chat;
  }

  addMessage(chat: Chat, fields: Record<string, unknown>): Message {
    const message = { message_id: ++chat.lastMessageId, date: Math.floor(this.clock.now() / 1000), chat: chat.head, ...fields };
    chat.messages.set(message.message_id, message);
    return message;
  }

  addFile(bot: number, field: string, content: Buffer, more: { name?: string; mime?: string; size?: number } = {}): StoredFile {
    const number = this.nextNumber();
    const fileId = `${field.slice(0, 2).toUpperCase()}${Buffer.from(`${bot}/${number}`).toString('base64url')}`;
    const { size = content.length, ...names } = more;
    const file = { fileId, uniqueId: `u${number}`, bot, field, size, content, ...names };
    this.files.set(fileId, file);
    return file;
  }

  /** Tells every bot of the chat, but the one that did it. */
  tell(chat: Chat, type: string, value: unknown, except?: number): void {
    for (const id of chat.bots) if (id !== except) this.bots.get(id)?.queue.push(type, value, chat.head.id);
  }
}

/** A message as another one quotes it: its own answer is left out. */
export function toQuoted(message: Message): Message {
  const quoted = { ...message };
  delete quoted['reply_to_message'];
  return quoted;
}
