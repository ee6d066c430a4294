import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OutOfTime } from '../../rules/index.js';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from '../db/account-scope.js';
import { Clock } from '../health/clock.js';
import type { RaisedEvent } from '../effects/scene.js';
import { Expressions } from '../expressions/expressions.js';
import { isDatabaseAway } from '../problem/database-errors.js';
import { ActiveRuleSets } from './active-rule-sets.js';
import type { Batch } from './batch.js';
import { ConnectedChannels } from './connected-channels.js';
import { fireDue, takeRaised } from './conversation-turn.js';
import { Deliver } from './deliver.js';
import { gatherConversation } from './gather-facts.js';
import { LookLoop } from './look-loop.js';
import { Numbers } from './numbers.js';
import { Published } from './published.js';
import { Schedules } from './schedules.js';
import { WakeUps } from './wake-ups.js';
import { writeBatch } from './write-batch.js';

/** A timer is late by no more than this; a notice of the transaction that left an event comes at once. */
const lookEveryMs = 1_000;
const lookMost = 200;
/** Conversations that one process works on at a time, so that the pool keeps connections for people. */
const concurrency = 2;
/** Events of one conversation that one transaction takes. */
const eventsTogether = 50;
/** A conversation whose turn failed so often is left alone, and the log says so. */
const mostFailures = 5;

interface Due {
  kind: 'conversation' | 'schedule';
  account_id: string;
  subject: string;
}

/**
 * What no platform sends becomes an event for the rules: timers that are due, schedules, answers of calls, what people did. All of it is rows, so it
 * survives a restart; a conversation's rows are taken under its lock in the transaction that applies them, so each fires once on any number of servers.
 */
@Injectable()
export class Wake implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('wake');
  private readonly loop = new LookLoop('wake', () => this.takeDue());

  constructor(
    private readonly scope: AccountScope,
    private readonly channels: ConnectedChannels,
    private readonly ruleSets: ActiveRuleSets,
    private readonly numbers: Numbers,
    private readonly schedules: Schedules,
    private readonly published: Published,
    private readonly deliver: Deliver,
    private readonly wakeUps: WakeUps,
    private readonly expressions: Expressions,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') return;
    this.wakeUps.on('rules', () => this.loop.look());
    this.loop.start(lookEveryMs);
  }

  /** Finishes what it holds and takes nothing new. */
  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private async takeDue(): Promise<boolean> {
    if (!this.clock.isTrue) return false;
    const due = await this.scope.lookUp<Due>('SELECT * FROM rules_due($1)', [lookMost]);
    const queue = due.values();
    const work = async () => {
      for (const one of queue) {
        if (this.loop.isStopping) return;
        await this.takeOne(one);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    return due.length >= lookMost;
  }

  private async takeOne({ kind, account_id, subject }: Due): Promise<void> {
    try {
      if (kind === 'schedule') await this.schedules.tick(account_id, subject);
      else if (subject === account_id) await this.schedules.takeAccount(account_id);
      else await this.takeConversation(account_id, subject);
    } catch (error) {
      this.log.warn(`${kind} ${subject}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      // That an expression took too long says nothing of the conversation: it is tried again until it is stopped.
      if (!isDatabaseAway(error) && !(error instanceof OutOfTime))
        await this.blame(account_id, subject, messageOf(error)).catch(() => undefined);
    }
  }

  /** One conversation's turn: what is due and what happened, in order, in one transaction. */
  private async takeConversation(accountId: string, conversationId: string): Promise<void> {
    const channelId = await this.scope.run(accountId, async (db) => {
      const [row]: { channel_id: string }[] = await db.query('SELECT channel_id FROM conversations WHERE id = $1', [conversationId]);
      return row?.channel_id;
    });
    const open = channelId && (await this.channels.get(accountId, channelId));
    if (!open) return;
    const batch = await this.scope.runPrepared(accountId, async (db) => {
      const gathered = await gatherConversation(
        db,
        open,
        await this.ruleSets.of(db),
        this.ruleSets.version,
        conversationId,
        this.numbers.of(accountId),
      );
      if (!gathered) return undefined;
      const { batch, conversation } = gathered;
      batch.expressionsStopped = this.expressions.isStopped(accountId);
      const raised: (RaisedEvent & { seq: string })[] = await db.query(
        `SELECT seq, id, conversation_id AS "conversationId", type, body, depth, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
         FROM rule_events WHERE conversation_id = $1 AND status = 'pending' ORDER BY seq LIMIT $2`,
        [conversationId, eventsTogether],
      );
      for (const event of raised) await takeRaised(batch, conversation, event);
      await fireDue(batch, conversation, Date.now());
      // Nothing seen by a live rule set is due any more, whatever the row says: what it belonged to is switched off or deleted.
      conversation.memoryChanged = true;
      await this.write(
        db,
        batch,
        raised.map(({ seq }) => seq),
      );
      return batch;
    });
    if (!batch) return;
    this.published.count(batch);
    this.deliver.wake(accountId, new Set(batch.rows.outbox.map((row) => row.conversationId)));
    if (batch.rows.events.length > 0) this.loop.look();
  }

  private async write(db: EntityManager, batch: Batch, seqs: string[]): Promise<void> {
    await writeBatch(db, batch);
    if (seqs.length > 0) await db.query('DELETE FROM rule_events WHERE seq = ANY ($1)', [seqs]);
    await this.published.tell(db, batch);
  }

  /** A turn that fails again and again is set aside, and stays visible. */
  private async blame(accountId: string, subject: string, error: string): Promise<void> {
    await this.scope.run(accountId, async (db) => {
      const conversation = subject === accountId ? null : subject;
      await db.query(
        `UPDATE rule_events SET attempts = attempts + 1, error = $2, status = CASE WHEN attempts + 1 >= $3 THEN 'failed' ELSE status END
         WHERE seq = (SELECT min(seq) FROM rule_events WHERE conversation_id IS NOT DISTINCT FROM $1 AND status = 'pending')`,
        [conversation, error, mostFailures],
      );
      await db.query(
        `UPDATE conversation_memories SET failures = failures + 1, error = $2, next_due = CASE WHEN failures + 1 >= $3 THEN NULL ELSE next_due END
         WHERE subject = $1 AND next_due <= now()`,
        [subject, error, mostFailures],
      );
    });
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 2000);
}
