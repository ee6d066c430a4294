import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { createBotServer } from './bot-server.js';
import { RealClock, type Clock } from './clock.js';
import { Faults, type PlannedFault } from './faults.js';
import { Ledger, type LedgerEntry } from './ledger.js';
import { SendLimits } from './send-limits.js';
import { inMessage } from './send-methods.js';
import { toQuoted, World, type Bot, type Chat, type ChatHead, type Message, type User } from './world.js';

export interface SimulatorOptions {
  /** Default: a free one. */
  port?: number;
  clock?: Clock;
  /** Accepted sends are appended here, each on the disk before its answer. */
  ledgerFile?: string;
  /** How many messages a chat takes at once; the real number is not published. Default 3. */
  chatBurst?: number;
  /** Default true; false refuses webhooks that are not https on Telegram's ports. */
  localMode?: boolean;
  /** Random faults of sends: their share, and the seed that replays them. */
  random?: { seed: number; rate: number };
}

/** What a person puts into a message. */
export interface Content {
  text?: string;
  caption?: string;
  /** The id of the message answered to. */
  replyTo?: number;
  file?: { field: string; text?: string; size?: number; name?: string; mime?: string };
  /** Further fields of the Bot API's message, as they are. */
  fields?: Record<string, unknown>;
}

/**
 * Telegram's Bot API on 127.0.0.1: getUpdates and webhooks, limits, refusals, faults. What clients, channels and groups do is asked for by method here, or by
 * `POST /simulator/METHOD` from another process. Business accounts are not played: a call with business_connection_id is refused.
 */
export class TelegramSimulator {
  private readonly world: World;
  private readonly ledger: Ledger;
  private readonly faults: Faults;
  private readonly server: Server;

  private constructor({ clock = new RealClock(), ledgerFile, chatBurst = 3, localMode = true, random }: SimulatorOptions) {
    this.world = new World(clock);
    this.ledger = new Ledger(ledgerFile);
    this.faults = new Faults(random);
    const { world, ledger, faults } = this;
    const limits = new SendLimits(clock, chatBurst);
    this.server = createBotServer({ world, limits, ledger, faults, localMode, control: (name, argument) => this.control(name, argument) });
  }

  static async start(options: SimulatorOptions = {}): Promise<TelegramSimulator> {
    const simulator = new TelegramSimulator(options);
    await new Promise<void>((resolve, reject) => {
      simulator.server.once('error', reject);
      simulator.server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    return simulator;
  }

  /** Ends every connection, long polls too. */
  async stop(): Promise<void> {
    for (const bot of this.world.bots.values()) bot.worker.set(undefined);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    this.ledger.close();
  }

  /** For the connector's setting baseUrl. */
  get baseUrl(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The simulator does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  addBot({ username, id = 700_000_000 + this.world.nextNumber(), token }: { username: string; id?: number; token?: string }): {
    id: number;
    token: string;
    username: string;
  } {
    const secret = token ?? `${id}:AAH${randomBytes(24).toString('base64url')}`;
    this.world.addBot({ id: Number(secret.split(':')[0]), is_bot: true, first_name: username, username }, secret);
    return { id: Number(secret.split(':')[0]), token: secret, username };
  }

  revokeToken({ bot }: { bot: number }): void {
    this.bot(bot).revoked = true;
  }

  addUser(user: Partial<User> & { first_name: string }): User {
    const whole = { id: 5_100_000_000 + this.world.nextNumber(), is_bot: false, ...user };
    this.world.users.set(whole.id, whole);
    return whole;
  }

  /** A group, supergroup or channel with these bots in it; a channel may have its posts discussed in a supergroup. */
  addChat({
    bots = [],
    discussion,
    ...head
  }: Partial<ChatHead> & { type: ChatHead['type']; title: string; bots?: number[]; discussion?: number }): ChatHead {
    const number = this.world.nextNumber();
    const chat = this.world.addChat({ id: head.type === 'group' ? -400_000_000 - number : -1_002_000_000_000 - number, ...head }, bots);
    if (discussion !== undefined) chat.discussion = discussion;
    return chat.head;
  }

  /** A person writes to the bot, or into a chat where it is. */
  clientWrites({ bot, user, chat, ...content }: { bot: number; user: number; chat?: number } & Content): Message {
    const place = this.chat(chat ?? user, bot);
    if (chat === undefined) this.bot(bot).started.add(user);
    const message = this.world.addMessage(place, { from: this.user(user), ...this.toFields(bot, place, content) });
    this.world.tell(place, 'message', message);
    return message;
  }

  /** Several pictures with one media_group_id: separate updates in order, the gap between them by the clock. */
  clientWritesAlbum({
    bot,
    user,
    count,
    caption,
    gapMs = 0,
  }: {
    bot: number;
    user: number;
    count: number;
    caption?: string;
    gapMs?: number;
  }): void {
    const group = `1390${this.world.nextNumber()}`;
    const write = (at: number) => {
      this.clientWrites({
        bot,
        user,
        file: { field: 'photo' },
        fields: { media_group_id: group },
        ...(at === 0 && caption !== undefined && { caption }),
      });
      if (at + 1 < count) this.world.clock.after(gapMs, () => write(at + 1));
    };
    if (count > 0) write(0);
  }

  /** A post of a channel: its copy goes into the discussion group, for comments; gives the copy. */
  channelPosts({ channel, text }: { channel: number; text: string }): Message {
    const source = this.chat(channel, 0);
    const post = this.world.addMessage(source, { sender_chat: source.head, text });
    this.world.tell(source, 'channel_post', post);
    if (source.discussion === undefined) return post;
    const group = this.chat(source.discussion, 0);
    const copy = this.world.addMessage(group, {
      from: { id: 777000, is_bot: false, first_name: 'Telegram' },
      sender_chat: source.head,
      is_automatic_forward: true,
      forward_origin: { type: 'channel', date: post.date, chat: source.head, message_id: post.message_id },
      text,
    });
    this.world.tell(group, 'message', copy);
    return copy;
  }

  /** A person comments on a post, given its copy in the discussion group; with `replyTo` he answers another comment. */
  clientComments({
    bot,
    user,
    chat,
    post,
    replyTo = post,
    ...content
  }: { bot: number; user: number; chat: number; post: number } & Content): Message {
    const { fields, ...rest } = content;
    return this.clientWrites({ bot, user, chat, ...rest, replyTo, fields: { message_thread_id: post, ...fields } });
  }

  /** A person changes the text of a message. */
  clientEdits({ bot, chat, message, text }: { bot: number; chat: number; message: number; text: string }): Message {
    const place = this.chat(chat, bot);
    const found = place.messages.get(message);
    if (!found) throw new Error(`No message ${message} in ${chat}`);
    const edited = { ...found, [found['caption'] === undefined ? 'text' : 'caption']: text, edit_date: this.seconds() };
    place.messages.set(message, edited);
    this.world.tell(place, 'edited_message', edited);
    return edited;
  }

  clientBlocks({ bot, user }: { bot: number; user: number }): void {
    this.bot(bot).blockedBy.add(user);
    this.tellMembership(bot, user, 'member', 'kicked');
  }

  clientUnblocks({ bot, user }: { bot: number; user: number }): void {
    this.bot(bot).blockedBy.delete(user);
    this.tellMembership(bot, user, 'kicked', 'member');
  }

  /** The bot is thrown out of a group. */
  kicksBot({ bot, chat }: { bot: number; chat: number }): void {
    const place = this.chat(chat, bot);
    const change = { chat: place.head, from: this.anybody(), date: this.seconds(), ...this.statuses(bot, 'member', 'kicked') };
    this.world.tell(place, 'my_chat_member', change);
    place.bots.delete(bot);
  }

  /** A group becomes a supergroup; gives the new one. */
  migratesGroup({ chat }: { chat: number }): ChatHead {
    const old = this.chat(chat, 0);
    const { title = '' } = old.head;
    const head = this.addChat({ type: 'supergroup', title, bots: [...old.bots] });
    this.world.tell(old, 'message', this.world.addMessage(old, { from: this.anybody(), migrate_to_chat_id: head.id }));
    old.migratedTo = head.id;
    const fresh = this.chat(head.id, 0);
    this.world.tell(
      fresh,
      'message',
      this.world.addMessage(fresh, { sender_chat: head, from: this.anybody(), migrate_from_chat_id: chat }),
    );
    return head;
  }

  plansFault(planned: PlannedFault): void {
    this.faults.plan(planned);
  }

  /** The hook's next answers are lost on their way: it gets the same updates again. */
  losesHookReplies({ bot, times }: { bot: number; times: number }): void {
    this.bot(bot).worker.loseReplies(times);
  }

  /** Every send that was accepted, in order. */
  sent(): LedgerEntry[] {
    return this.ledger.entries;
  }

  /** Attempts to call the bot's webhook. */
  hookAttempts({ bot }: { bot: number }): { updateId: number; at: number; outcome: string }[] {
    return this.bot(bot).worker.attempts;
  }

  /** Updates that the bot has not taken yet, and whether it waits for news at this moment. */
  pending({ bot }: { bot: number }): { updates: number; polling: boolean } {
    const { queue, poll } = this.bot(bot);
    return { updates: queue.list().length, polling: poll.isWaiting };
  }

  /** Resolves when no call to the bot's webhook is under way. */
  hooksIdle({ bot }: { bot: number }): Promise<void> {
    return this.bot(bot).worker.idle();
  }

  private control(name: string, argument: Record<string, unknown>): unknown {
    if (!remote.has(name)) throw new Error(`No control ${name}: there are ${[...remote].join(', ')}`);
    const methods = this as unknown as Record<string, (argument: Record<string, unknown>) => unknown>;
    return methods[name]?.(argument);
  }

  private toFields(bot: number, place: Chat, { text, caption, replyTo, file, fields }: Content): Record<string, unknown> {
    const answered = replyTo === undefined ? undefined : place.messages.get(replyTo);
    const { field = 'document', text: body = 'file', ...more } = file ?? {};
    return {
      ...(text !== undefined && { text }),
      ...(caption !== undefined && { caption }),
      ...(answered && { reply_to_message: toQuoted(answered) }),
      ...(file && inMessage(field, this.world.addFile(bot, field, Buffer.from(body), more))),
      ...fields,
    };
  }

  private tellMembership(bot: number, user: number, from: string, to: string): void {
    const place = this.chat(user, bot);
    this.world.tell(place, 'my_chat_member', {
      chat: place.head,
      from: this.user(user),
      date: this.seconds(),
      ...this.statuses(bot, from, to),
    });
  }

  private statuses(bot: number, from: string, to: string): object {
    const { user } = this.bot(bot);
    return { old_chat_member: { user, status: from }, new_chat_member: { user, status: to, ...(to === 'kicked' && { until_date: 0 }) } };
  }

  private seconds(): number {
    return Math.floor(this.world.clock.now() / 1000);
  }

  private anybody(): User {
    return { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
  }

  private bot(id: number): Bot {
    return found(this.world.bots.get(id), `bot ${id}`);
  }

  private user(id: number): User {
    return found(this.world.users.get(id), `user ${id}`);
  }

  private chat(id: number, bot: number): Chat {
    return found(this.world.chat(id, bot), `chat ${id}`);
  }
}

/** Names that /simulator/ takes. */
const remote = new Set(
  (
    'addBot revokeToken addUser addChat clientWrites clientWritesAlbum channelPosts clientComments clientEdits clientBlocks clientUnblocks ' +
    'kicksBot migratesGroup plansFault losesHookReplies sent hookAttempts pending hooksIdle'
  ).split(' '),
);

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`The simulator knows no ${name}`);
  return thing;
}
