import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { OutOfTime } from '../../rules/index.js';
import { type ChannelEvent, UnreadableBody } from '../channels/channel-connector.js';
import type { ContactState, ConversationState } from '../effects/scene.js';
import { AccountScope } from '../db/account-scope.js';
import { Changes } from '../live/changes.js';
import { isDatabaseAway } from '../problem/database-errors.js';
import { Expressions } from '../expressions/expressions.js';
import { ActiveRuleSets } from './active-rule-sets.js';
import { alertLoop } from './alert-loop.js';
import { applyEffects } from './apply-effects.js';
import type { Batch } from './batch.js';
import { cleanText } from './clean-text.js';
import { ConnectedChannels, type OpenChannel } from './connected-channels.js';
import { Deliver } from './deliver.js';
import { fireDue } from './conversation-turn.js';
import { withFailPoint } from './fail-point.js';
import { type ConversationEvent, gatherFacts, ownerOf } from './gather-facts.js';
import { repliesLeft } from './loop-guard.js';
import { moveThreads } from './move-threads.js';
import { Numbers } from './numbers.js';
import { Published } from './published.js';
import { aboutConversation, isScoreFor, runRules, toRuleEvent, type Verdict } from './run-rules.js';
import { writeBatch } from './write-batch.js';

interface Request {
  seq: string;
  id: string;
  body: Buffer;
  receivedAt: Date;
  attempts: number;
  /** Somebody began to work on it alone a moment ago. */
  isBeingTried: boolean;
  /** What it failed of the last time, if the process lived to tell. */
  error: string | null;
}

/** A parsed event with the request that brought it. */
interface Arrival {
  event: ChannelEvent;
  request: Request;
}

/** Requests of one transaction: enough that a commit costs little per message, few enough that it takes some tens of milliseconds. */
export const mostTogether = 100;
/** A request that failed alone so often, or during which the process died so often, is set aside: it holds up the others for some seconds, not for ever. */
const mostTries = 3;
/** Processes that start together try the same request one after the other: that is one try. A process that died of it is back later than this. */
const sameTryMs = 500;
/**
 * The last try of what nobody lived to report on waits until this process has lived so long without it: a server that is killed again and again from outside
 * dies earlier, and its messages are not to blame.
 */
const calmMs = 8_000;

/** What one call did: `more` when the lane may hold further requests. */
export interface Drained {
  taken: number;
  more: boolean;
}

/**
 * Step 2: raw requests become messages, runs, effects and outgoing rows in one transaction, all or nothing. A channel is a lane: one worker at a time
 * takes its requests in the order in which they came, so a conversation is in platform order, and all conversations that wait share the commit.
 */
@Injectable()
export class Ingest implements OnApplicationBootstrap {
  private workingSince = Number.POSITIVE_INFINITY;
  private readonly log = new Logger('ingest');

  constructor(
    private readonly scope: AccountScope,
    private readonly channels: ConnectedChannels,
    private readonly ruleSets: ActiveRuleSets,
    private readonly numbers: Numbers,
    private readonly deliver: Deliver,
    private readonly changes: Changes,
    private readonly published: Published,
    private readonly expressions: Expressions,
  ) {}

  onApplicationBootstrap(): void {
    this.workingSince = performance.now();
  }

  /**
   * Takes the lane's oldest requests. `carefully` takes one alone and counts the attempt before it: for the first ones after a start (the last process
   * may have died of one) and after a batch that failed.
   * Throws when the database is away.
   */
  async drain(accountId: string, channelId: string, carefully: boolean): Promise<Drained> {
    const open = await this.channels.get(accountId, channelId);
    if (!open) return { taken: 0, more: false };
    if (carefully) {
      const fate = await this.countTry(open);
      if (fate !== 'try') return { taken: 0, more: fate === 'set-aside' };
    }
    const most = carefully ? 1 : mostTogether;
    const work = withFailPoint('ingest.commit', () =>
      this.scope.runPrepared(accountId, async (db) => {
        const requests = await this.claim(db, open, most);
        if (requests.length === 0) return undefined;
        const batch = await this.take(db, open, requests);
        await this.published.tell(db, batch);
        return { batch, count: requests.length };
      }),
    );
    const done = await (carefully ? work.catch((error: unknown) => this.blame(open, error)) : work);
    if (!done) return { taken: 0, more: false };
    this.published.count(done.batch);
    this.deliver.wake(accountId, new Set(done.batch.rows.outbox.map((row) => row.conversationId)));
    return { taken: done.count, more: done.count === most };
  }

  /** The lane's lock is the transaction's: it ends with it, however it ends. */
  private async claim(db: EntityManager, open: OpenChannel, most: number): Promise<Request[]> {
    await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [open.id]);
    return db.query(
      `SELECT seq, id, body, received_at AS "receivedAt", attempts, error,
         coalesce(attempted_at > clock_timestamp() - $3 * interval '1 ms', false) AS "isBeingTried" FROM webhook_requests WHERE channel_id = $1 AND status = 'pending' ORDER BY seq LIMIT $2`,
      [open.id, most, sameTryMs],
    );
  }

  private async take(db: EntityManager, open: OpenChannel, requests: Request[]): Promise<Batch> {
    const arrivals: Arrival[] = [];
    const unreadable: { request: Request; error: string }[] = [];
    for (const request of requests) {
      try {
        for (const event of open.connector.parse(request.body, open.channel).events) arrivals.push({ event: cleanText(event), request });
      } catch (error) {
        if (!(error instanceof UnreadableBody)) throw error;
        unreadable.push({ request, error: error.message });
      }
    }
    const events = await moveThreads(
      db,
      open,
      arrivals.map((arrival) => arrival.event),
    );
    for (const [i, event] of events.entries()) arrivals[i]!.event = event;
    const batch = await gatherFacts(db, open, await this.ruleSets.of(db), this.ruleSets.version, events, this.numbers.of(open.accountId));
    batch.expressionsStopped = this.expressions.isStopped(open.accountId);
    for (const arrival of arrivals) await this.apply(batch, arrival);
    await writeBatch(db, batch);
    await withFailPoint('ingest.mark-done', async () => {
      const bad = new Set(unreadable.map(({ request }) => request.seq));
      await this.finish(
        db,
        requests.filter((request) => !bad.has(request.seq)).map((request) => request.seq),
      );
      for (const { request, error } of unreadable) await this.quarantine(db, request.seq, error);
    });
    return batch;
  }

  private async apply(batch: Batch, { event, request }: Arrival): Promise<void> {
    switch (event.type) {
      case 'message-received':
      case 'call-missed':
      case 'contact-subscribed':
        if (batch.knownMessages.has(event.externalId)) return;
        batch.knownMessages.add(event.externalId);
        return this.takeConversationEvent(batch, event, request);
      case 'message-edited':
        return void batch.messageChanges.push({
          kind: 'edited',
          externalId: event.externalId,
          at: event.at,
          text: event.text,
          attachments: event.attachments ?? null,
        });
      case 'message-deleted':
        return void batch.messageChanges.push({ kind: 'deleted', externalId: event.externalId, at: event.at });
      case 'message-status':
        return void batch.statusChanges.push({
          messageId: event.messageId ?? null,
          externalId: event.externalId ?? null,
          status: event.status,
          detail: event.detail ?? null,
        });
      case 'contact-blocked':
        return void batch.blockedIdentities.push({ externalId: event.sender.externalId, blocked: event.blocked });
      case 'thread-moved':
        // Followed before anything was read: see move-threads.ts.
        return;
    }
  }

  private async takeConversationEvent(batch: Batch, event: ConversationEvent, request: Request): Promise<void> {
    const sender = batch.contactsByIdentity.get(event.sender.externalId)!;
    refresh(sender, event);
    const isMessage = event.type === 'message-received';
    // Nobody answers what was deleted before it was read: no rule sees it, no deal opens for it, no operator is called.
    const isDeleted = isMessage && batch.deletedMessages.has(event.externalId);
    // One request may hold several events; the first keeps the id that its sender was told.
    const taken = batch.rows.messages.some((message) => message.id === request.id) || batch.runs.some((run) => run.event.id === request.id);
    const id = taken ? uuid() : request.id;
    const late = request.receivedAt.getTime() - Date.parse(event.at) > batch.account.answerAgeSeconds * 1000;
    const conversation =
      batch.conversations.get(event.threadKey) ??
      (isDeleted ? undefined : await this.askedFor(batch, event, id, sender)) ??
      (isDeleted ? openConversation(batch, event) : await this.open(batch, event, sender, late));
    // A sender whose clock is ahead does not bring our timers forward.
    await fireDue(batch, conversation, Math.min(Date.parse(event.at), request.receivedAt.getTime()));
    if (isMessage) {
      conversation.inbound += 1;
      if (conversation.status === 'open' && !isDeleted) {
        conversation.unread += 1;
        conversation.needsAnswer = true;
      }
      if (event.at > conversation.lastMessageAt) conversation.lastMessageAt = event.at;
    }
    const before = conversation.said && [...conversation.said];
    if (isMessage && conversation.said) {
      const at = Date.parse(event.at);
      conversation.said.push({ by: { client: sender.id }, text: event.text, attachments: event.attachments, at });
      conversation.repliesLeft = repliesLeft(conversation.said, at);
    }
    const question = { event: toRuleEvent(batch, event, id, conversation, sender) };
    const verdict = isDeleted ? unseen : await runRules(batch, question, conversation, isMessage ? id : null, late);
    const exportedTo = applyEffects(batch, verdict, conversation, { isInbound: isMessage && !isDeleted && !verdict.consumed, depth: 0 });
    alertLoop(batch, conversation, verdict, before);
    batch.messageChanges.push(...(batch.earlyChanges.get(event.externalId) ?? []));
    if (isMessage) storeMessage(batch, event, { id, conversation, sender, verdict, exportedTo });
  }

  /** A closed conversation that waits for just this score. */
  private async askedFor(batch: Batch, event: ConversationEvent, id: string, sender: ContactState): Promise<ConversationState | undefined> {
    const asked = event.type === 'message-received' ? batch.asked.get(event.threadKey) : undefined;
    return asked && (await isScoreFor(batch, toRuleEvent(batch, event, id, asked, sender), asked)) ? asked : undefined;
  }

  private async open(batch: Batch, event: ConversationEvent, sender: ContactState, late: boolean): Promise<ConversationState> {
    const conversation = openConversation(batch, event);
    if (batch.ruleSets.some(({ hears }) => hears.has('conversation-opened'))) {
      const opened = {
        type: 'conversation-opened' as const,
        id: conversation.id,
        at: event.at,
        ...aboutConversation(batch, conversation, sender),
      };
      const verdict = await runRules(batch, { event: opened }, conversation, null, late);
      applyEffects(batch, verdict, conversation, { isInbound: false, depth: 0 });
    }
    return conversation;
  }

  private async finish(db: EntityManager, seqs: string[]): Promise<void> {
    if (seqs.length > 0) await db.query(`UPDATE webhook_requests SET status = 'done', processed_at = now() WHERE seq = ANY ($1)`, [seqs]);
  }

  private async quarantine(db: EntityManager, seq: string, error: string): Promise<void> {
    await db.query(`UPDATE webhook_requests SET status = 'quarantined', processed_at = now(), error = $2 WHERE seq = $1`, [
      seq,
      error.slice(0, 2000),
    ]);
  }

  /**
   * In a transaction of its own, before the work, so that it counts even if the work kills the process. Says whether the oldest may be tried: not when it
   * was tried often enough (it is set aside then), nor while somebody seems to be at its last try, nor for the last time before this process is calm.
   */
  private async countTry(open: OpenChannel): Promise<'try' | 'set-aside' | 'wait'> {
    return this.scope.run(open.accountId, async (db) => {
      const [oldest] = await this.claim(db, open, 1);
      if (!oldest) return 'try';
      const isLast = oldest.attempts === mostTries - 1;
      if (isLast && oldest.error === null && performance.now() - this.workingSince < calmMs) return 'wait';
      if (oldest.attempts < mostTries) {
        await db.query(`UPDATE webhook_requests SET attempts = attempts + $2::int, attempted_at = clock_timestamp() WHERE seq = $1`, [
          oldest.seq,
          oldest.isBeingTried ? 0 : 1,
        ]);
        return 'try';
      }
      if (oldest.isBeingTried) return 'wait';
      await this.quarantine(db, oldest.seq, oldest.error ?? 'the server stopped while working on it');
      await this.changes.publish(db, open.accountId, { kind: 'channel', id: open.id });
      this.log.error(`request ${oldest.id} of channel ${open.id} is set aside after ${oldest.attempts} attempts`);
      return 'set-aside';
    });
  }

  /** Notes what the oldest request failed of. That the database was away or an expression took too long is not its fault: that attempt does not count. */
  private async blame(open: OpenChannel, error: unknown): Promise<never> {
    await this.scope
      .run(open.accountId, async (db) => {
        const [oldest] = await this.claim(db, open, 1);
        if (!oldest) return;
        if (isDatabaseAway(error) || error instanceof OutOfTime)
          await db.query('UPDATE webhook_requests SET attempts = greatest(attempts - 1, 0), attempted_at = NULL WHERE seq = $1', [
            oldest.seq,
          ]);
        else await db.query('UPDATE webhook_requests SET error = $2, attempted_at = NULL WHERE seq = $1', [oldest.seq, messageOf(error)]);
      })
      .catch(() => undefined);
    throw error;
  }
}

type Received = Extract<ConversationEvent, { type: 'message-received' }>;

/** The row of a message, as the rules left it, and what becomes of it in each CRM connection. */
function storeMessage(
  batch: Batch,
  event: Received,
  from: { id: string; conversation: ConversationState; sender: ContactState; verdict: Verdict; exportedTo: string[] | undefined },
): void {
  const { id, conversation, sender, verdict, exportedTo } = from;
  batch.rows.messages.push({
    id,
    channelId: batch.open.id,
    conversationId: conversation.id,
    contactId: sender.id,
    direction: 'in',
    origin: 'client',
    externalId: event.externalId,
    kind: event.kind,
    text: event.text,
    attachments: event.attachments,
    post: event.post ?? null,
    replyTo: event.replyTo ?? null,
    at: event.at,
    status: verdict.status,
    reason: verdict.reason,
    sentBy: null,
  });
  // What a waiting run took is exported, whatever the run then did.
  const isFiltered = verdict.status === 'filtered' && !verdict.consumed;
  for (const crm of batch.account.crmConnections) {
    if (exportedTo && !isFiltered && !exportedTo.includes(crm.id)) continue;
    const status = isFiltered ? 'filtered' : 'exported';
    batch.rows.exports.push({
      messageId: id,
      crmConnectionId: crm.id,
      status,
      reason: isFiltered ? (verdict.reason?.title ?? verdict.reason?.node ?? null) : null,
    });
  }
}

/** The verdict on a message that no rule set sees. */
const unseen: Verdict = { status: 'passed', reason: null, consumed: false, runs: [] };

/** The platform's own words on a person, when they changed. */
function refresh(contact: ContactState, event: ConversationEvent): void {
  const { identity } = contact;
  const { name = null, username = null, phone = null, profileUrl = null } = event.sender;
  if (identity.isNew || (identity.name === name && identity.username === username && (phone === null || identity.phone === phone))) return;
  Object.assign(identity, { name, username, phone: phone ?? identity.phone, profileUrl: profileUrl ?? identity.profileUrl, changed: true });
}

/** A new appeal gets the account's next number (AC-C01); one whose last conversation was closed gets a new one (AC-C04). */
function openConversation(batch: Batch, event: ConversationEvent): ConversationState {
  const conversation: ConversationState = {
    id: uuid(),
    number: batch.takeNumber(),
    channelId: batch.open.id,
    threadKey: event.threadKey,
    contactId: batch.contactsByIdentity.get(ownerOf(event).externalId)!.id,
    chat: event.type === 'message-received' ? event.chat : { type: 'private', id: event.threadKey },
    inbound: 0,
    outbound: 0,
    unread: 0,
    needsAnswer: false,
    lastMessageAt: event.at,
    status: 'open',
    assigneeId: null,
    isNew: true,
    replies: [],
    said: [],
    repliesLeft: undefined,
    queued: 0,
    hasOpenTask: false,
    memory: {},
    memoryChanged: false,
  };
  batch.conversations.set(event.threadKey, conversation);
  return conversation;
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 2000);
}
