import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { nodeTypes, readGraph, type Bilingual, type RuleGraph } from '../../../rules/index.js';
import type { BacktestResult } from '../../../api/backtests.js';
import { CONFIG, type Config } from '../../config/config.js';
import { AccountScope } from '../../db/account-scope.js';
import { insertRows, type Columns } from '../../db/insert-rows.js';
import { LookLoop } from '../../messaging/look-loop.js';
import { rowOf } from '../../sql/rows.js';
import { gatherLiveGraphs } from '../live-graphs.js';
import { BacktestWorker, TooMuch } from './backtest-worker.js';
import type { Difference } from './messages.js';
import { type After, boundsOf, type Days, gatherRecorded } from './recorded-events.js';

/** What another process was asked for, and what one that died left, is found by looking. */
const lookEveryMs = 5_000;
/** How often progress is written, and whether somebody cancelled it is read. */
const progressEveryMs = 500;
/** Well within the half minute after which others take a backtest for one whose process died: a piece of work may last longer than that. */
const aliveEveryMs = 10_000;

interface Due {
  account_id: string;
  backtest_id: string;
}

interface Claimed extends Days {
  ruleSetId: string;
  name: string;
  draft: unknown;
  version: number | null;
  total: number;
}

/** Somebody cancelled it, or another process took it over. */
class NotOurs extends Error {}

/**
 * Works off backtests, one at a time in a process, in a thread of their own. Reads what was recorded and writes nothing but the backtest's own rows. A process
 * that dies loses its backtest to the next one that looks, which begins it anew.
 */
@Injectable()
export class RunBacktests implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('backtests');
  private readonly id = uuid();
  private readonly loop = new LookLoop('backtests', () => this.takeDue());
  private thread: BacktestWorker | undefined;

  constructor(
    private readonly scope: AccountScope,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') this.loop.start(lookEveryMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    const stopped = this.loop.stop();
    // What is played would go on for minutes: it fails, and is given back.
    await this.thread?.close();
    await stopped;
  }

  /** Looks for work, now or after what is under way. */
  look(): void {
    if (this.config.role !== 'web') this.loop.look();
  }

  private async takeDue(): Promise<boolean> {
    const due = await this.scope.lookUp<Due>('SELECT * FROM backtests_due()');
    let taken = 0;
    for (const { account_id, backtest_id } of due) {
      if (this.loop.isStopping) return false;
      if (await this.take(account_id, backtest_id)) taken += 1;
    }
    return taken > 0;
  }

  private async take(accountId: string, id: string): Promise<boolean> {
    const claimed = await this.claim(accountId, id);
    if (!claimed) return false;
    try {
      await this.play(accountId, id, claimed);
    } catch (error) {
      if (this.loop.isStopping) await this.giveBack(accountId, id);
      else if (!(error instanceof NotOurs)) await this.refuse(accountId, id, error);
    }
    return true;
  }

  private claim(accountId: string, id: string): Promise<Claimed | undefined> {
    return this.scope.run(accountId, (db) =>
      rowOf<Claimed>(
        db,
        `UPDATE backtests b SET status = 'running', worker = $2, seen_at = clock_timestamp(), done = 0 FROM rule_sets s
         WHERE b.id = $1 AND s.id = b.rule_set_id AND (b.status = 'queued' OR (b.status = 'running' AND b.seen_at < clock_timestamp() - interval '30 s'))
         RETURNING b.rule_set_id AS "ruleSetId", s.name, b.draft, b.version, b.total, b.from_day::text AS "from", b.to_day::text AS "to", b.channel_ids AS channels`,
        [id, this.id],
      ),
    );
  }

  private async play(accountId: string, id: string, claimed: Claimed): Promise<void> {
    const { old, draft, recorded } = await this.scope.run(accountId, async (db) => {
      const others = await gatherLiveGraphs(db, claimed.ruleSetId);
      const live = await rowOf<{ graph: unknown }>(db, `SELECT graph FROM rule_set_versions WHERE rule_set_id = $1 AND version = $2`, [
        claimed.ruleSetId,
        claimed.version,
      ]);
      const own = (json: unknown) => {
        const { graph } = readGraph(json, nodeTypes);
        return graph && { ...graph, name: claimed.name };
      };
      const beside = (graph: RuleGraph | undefined) => [...others.before, ...(graph ? [graph] : []), ...others.after];
      return { old: beside(live && own(live.graph)), draft: beside(own(claimed.draft)), recorded: await boundsOf(db, claimed) };
    });
    const thread = (this.thread = new BacktestWorker());
    let done = 0;
    // Whether it is still ours is asked between the pieces.
    const alive = setInterval(() => void this.note(accountId, id, done).catch(() => undefined), aliveEveryMs);
    try {
      await thread.tell({ type: 'sides', old, new: draft, own: claimed.name });
      let after: After | undefined;
      let told = performance.now();
      do {
        const page = await this.scope.run(accountId, (db) => gatherRecorded(db, recorded, after));
        await thread.tell({ type: 'events', events: page.events });
        done += page.messages;
        after = page.next;
        if (performance.now() - told < progressEveryMs) continue;
        told = performance.now();
        await this.note(accountId, id, done);
      } while (after);
      const answer = await thread.tell({ type: 'end', until: new Date(recorded.until).toISOString() });
      if (answer.type !== 'result') throw new Error('The thread of a backtest gave no result');
      await this.keep(accountId, id, done, answer.result, answer.differences);
    } finally {
      clearInterval(alive);
      this.thread = undefined;
      await thread.close();
    }
  }

  /** Says how far it is. @throws NotOurs when it is no longer ours to go on with */
  private async note(accountId: string, id: string, done: number): Promise<void> {
    const row = await this.scope.run(accountId, (db) =>
      rowOf(
        db,
        `UPDATE backtests SET done = $3, total = greatest(total, $3), seen_at = clock_timestamp() WHERE id = $1 AND worker = $2 AND status = 'running' RETURNING id`,
        [id, this.id, done],
      ),
    );
    if (!row) throw new NotOurs();
  }

  private async keep(accountId: string, id: string, done: number, result: BacktestResult, differences: Difference[]): Promise<void> {
    await this.scope.run(accountId, async (db) => {
      const row = await rowOf(
        db,
        `UPDATE backtests SET status = 'done', done = $3, total = $3, result = $4, finished_at = now(), worker = NULL
         WHERE id = $1 AND worker = $2 AND status = 'running' RETURNING id`,
        [id, this.id, done, JSON.stringify(result)],
      );
      if (!row) throw new NotOurs();
      // A conversation may have been erased since; its difference goes with it.
      const known = new Set(
        (
          (await db.query('SELECT id FROM conversations WHERE id = ANY ($1)', [
            [...new Set(differences.flatMap(({ conversationId }) => conversationId ?? []))],
          ])) as { id: string }[]
        ).map((conversation) => conversation.id),
      );
      const kept = differences.filter(({ conversationId }) => conversationId === null || known.has(conversationId));
      const rows = kept.map(({ group, conversationId, at, event, text, old, new: now }, no) => ({
        backtest_id: id,
        group_no: group,
        no,
        account_id: accountId,
        conversation_id: conversationId,
        at,
        event,
        text,
        old,
        new: now,
      }));
      await insertRows(db, 'backtest_differences', differenceColumns, rows);
    });
  }

  /** It failed, and is not tried again by itself: the same messages would fail it again. */
  private async refuse(accountId: string, id: string, error: unknown): Promise<void> {
    this.log.error(`backtest ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    await this.scope.run(accountId, (db) =>
      db.query(`UPDATE backtests SET status = 'failed', error = $3, finished_at = now(), worker = NULL WHERE id = $1 AND worker = $2`, [
        id,
        this.id,
        JSON.stringify(error instanceof TooMuch ? tooMuch : broken),
      ]),
    );
  }

  private async giveBack(accountId: string, id: string): Promise<void> {
    await this.scope
      .run(accountId, (db) =>
        db.query(`UPDATE backtests SET status = 'queued', worker = NULL WHERE id = $1 AND worker = $2 AND status = 'running'`, [
          id,
          this.id,
        ]),
      )
      .catch((error: unknown) => this.log.warn(`backtest ${id} waits for half a minute: ${String(error)}`));
  }
}

const differenceColumns: Columns = {
  backtest_id: 'uuid',
  group_no: 'integer',
  no: 'integer',
  account_id: 'uuid',
  conversation_id: 'uuid',
  at: 'timestamptz',
  event: 'text',
  text: 'text',
  old: 'json',
  new: 'json',
};

const tooMuch: Bilingual = {
  ru: 'Не хватило памяти: выберите меньше дней или каналов',
  en: 'There was not enough memory: choose fewer days or channels',
};
const broken: Bilingual = { ru: 'Не получилось; причина — в журнале сервера', en: 'It failed; the reason is in the server’s log' };
