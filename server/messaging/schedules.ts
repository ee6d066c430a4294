import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Inject } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import {
  decide,
  tick,
  wakeByTime,
  type CompiledGraph,
  type DecideOptions,
  type Decision,
  type Memory,
  type RuleEvent,
  type RunOfVersion,
} from '../../rules/index.js';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from '../db/account-scope.js';
import { applyForNobody } from '../effects/nobody.js';
import { emptyRows, type AccountState, type NewRows } from '../effects/scene.js';
import { Expressions } from '../expressions/expressions.js';
import { Changes } from '../live/changes.js';
import { ActiveRuleSets, type ActiveRuleSet } from './active-rule-sets.js';
import { awaitedAnswer } from './awaited-answer.js';
import type { RunRecord } from './batch.js';
import { eventBody } from './event-body.js';
import { readAccount } from './gather-facts.js';
import { toShadowEvents, writeShadowEvents, type ShadowEvent } from './note-for-shadows.js';
import { fromStored, nextDueOf, readMemories, writeMemories } from './rule-memory.js';
import type { Question } from './run-rules.js';
import { catchUpMs, tickOf } from './schedule-ticks.js';
import { writeCrmRows } from './write-batch.js';
import { writeRuleRows } from './write-rule-rows.js';
import { writeEffects, writeRuns } from './write-runs.js';

const syncEveryMs = 60_000;
/** Instants of one schedule that one transaction takes. */
const mostTogether = 100;

/** What runs without a conversation have to do with: the account alone. */
interface Desk {
  account: AccountState;
  ruleSets: readonly ActiveRuleSet[];
  versions: Map<string, CompiledGraph>;
  memory: Pick<Memory, 'waiting'>;
  runs: RunRecord[];
  rows: NewRows;
  shadowEvents: ShadowEvent[];
  /** Too many expressions of the account took too long a moment ago. */
  expressionsStopped: boolean;
}

/** Schedules of live versions, and the runs that they start: no conversation, only the clock. */
@Injectable()
export class Schedules implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('schedules');
  private news: Subscription | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly scope: AccountScope,
    private readonly ruleSets: ActiveRuleSets,
    private readonly changes: Changes,
    private readonly expressions: Expressions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') return;
    this.news = this.changes.heard('rule-set').subscribe(({ accountId }) => void this.syncSafely(accountId));
    this.timer = setInterval(() => void this.syncSafely(), syncEveryMs);
    void this.syncSafely();
  }

  onModuleDestroy(): void {
    this.news?.unsubscribe();
    clearInterval(this.timer);
  }

  /** Runs one rule set's schedules that are due. The row is moved on in the transaction of its run: each instant comes once, on any number of servers. */
  async tick(accountId: string, ruleSetId: string): Promise<void> {
    await this.inAccount(accountId, async (db, desk) => {
      const due: { node: string; version: number; nextAt: Date; now: Date }[] = await db.query(
        `SELECT node, version, next_at AS "nextAt", clock_timestamp() AS now FROM rule_schedules WHERE rule_set_id = $1 AND next_at <= clock_timestamp() ORDER BY next_at, node FOR UPDATE`,
        [ruleSetId],
      );
      const ruleSet = desk.ruleSets.find(({ id }) => id === ruleSetId);
      for (const { node, version, nextAt, now } of due) {
        // Another was published a moment ago: the row is about to be that one's, and what is due of it runs then.
        if (ruleSet && ruleSet.version !== version) continue;
        const next = ruleSet && (await this.catchUp(desk, ruleSet, { node, first: nextAt.getTime(), now: now.getTime() }));
        await db.query('UPDATE rule_schedules SET next_at = $3 WHERE rule_set_id = $1 AND node = $2', [
          ruleSetId,
          node,
          next === undefined ? null : new Date(next).toISOString(),
        ]);
      }
    });
  }

  /** What is due in runs that a schedule started and that wait, and the answers of their calls. */
  async takeAccount(accountId: string): Promise<void> {
    await this.inAccount(accountId, async (db, desk) => {
      const raised: { seq: string; id: string; type: RuleEvent['type']; body: Record<string, unknown>; at: Date }[] = await db.query(
        `SELECT seq, id, type, body, at FROM rule_events WHERE conversation_id IS NULL AND status = 'pending' ORDER BY seq LIMIT 50`,
      );
      for (const { id, type, body, at } of raised) {
        const event: RuleEvent = { type, id, at: at.toISOString(), ...eventBody(body, desk.ruleSets) };
        await this.take(desk, { event }, (memory, options) => decide([], event, memory, options));
      }
      if (raised.length > 0) await db.query('DELETE FROM rule_events WHERE seq = ANY ($1)', [raised.map(({ seq }) => seq)]);
      for (let fired = 0; fired < 100; fired++) {
        const due = nextDueOf(desk.memory);
        if (due === undefined || due > Date.now()) break;
        const waits = (desk.memory.waiting ?? []).flatMap((run) => run.waits.map((wait) => ({ run, wait })));
        const first = waits.find(({ wait }) => wait.due === due);
        if (!first) break;
        await this.take(desk, { due: first }, (memory, options) => wakeByTime(live(desk), first, memory, options));
      }
    });
  }

  /**
   * What was missed comes now, each instant as a run of its own; the rest of a long row comes with the next look. `now` is the database's, by which every
   * process counts: of two clocks that are a second apart one would plan an instant that the other has run. Gives the instant after them.
   */
  private async catchUp(
    desk: Desk,
    ruleSet: ActiveRuleSet,
    { node, first, now }: { node: string; first: number; now: number },
  ): Promise<number | undefined> {
    const schedule = ruleSet.compiled.schedules.find((one) => one.node.id === node);
    let at: number | undefined = schedule && first;
    for (let run = 0; at !== undefined && at <= now && run < mostTogether; run++) {
      if (now - at <= catchUpMs) await this.run(desk, ruleSet, node, at);
      at = schedule?.next(Math.max(at, now - catchUpMs));
    }
    return at;
  }

  private async run(desk: Desk, ruleSet: ActiveRuleSet, node: string, at: number): Promise<void> {
    const event = tickOf(node, at);
    await this.take(desk, { event }, (memory, options) => tick(live(desk), { ruleSet: ruleSet.name, node }, event, memory, options));
  }

  /** One decision of the account's own, with its effects. */
  private async take(
    desk: Desk,
    question: Exclude<Question, { silence: unknown }>,
    ask: (memory: Memory, options: DecideOptions) => Decision | Promise<Decision>,
  ): Promise<void> {
    const memory: Memory = { replies: [], openTask: false, turns: {}, ...desk.memory };
    const key = 'due' in question ? question.due.wait.id : question.event.id;
    const runs: RunRecord[] = [];
    const decision = await ask(memory, {
      expressionsStopped: desk.expressionsStopped,
      names: false,
      graphs: (name, version) => graphOf(desk, name, version),
      observe: (run) => void runs.push(toRecord(desk, run, key)),
    });
    desk.runs.push(...runs);
    desk.shadowEvents.push(...toShadowEvents(question, { memory, runs, expressionsStopped: desk.expressionsStopped }));
    const { waiting } = decision.memory;
    desk.memory = waiting?.length ? { waiting } : {};
  }

  /** In one transaction that holds the account's own lane: what it keeps between events, read before and written after. */
  private async inAccount(accountId: string, work: (db: EntityManager, desk: Desk) => Promise<void>): Promise<void> {
    await this.scope.run(accountId, async (db) => {
      await holdLane(db, accountId);
      const ruleSets = await this.ruleSets.of(db);
      const stored = (await readMemories(db, [accountId])).get(accountId);
      const memory = stored ? fromStored(stored, ruleSets) : {};
      const desk: Desk = {
        account: await readAccount(db, accountId),
        ruleSets,
        versions: new Map(),
        memory,
        runs: [],
        rows: emptyRows(),
        shadowEvents: [],
        expressionsStopped: this.expressions.isStopped(accountId),
      };
      for (const { ruleSet: name, version } of memory.waiting ?? []) {
        const ruleSet = ruleSets.find((one) => one.name === name);
        const compiled =
          ruleSet && version !== undefined && version !== ruleSet.version ? await this.ruleSets.version(db, ruleSet, version) : undefined;
        if (compiled) desk.versions.set(`${name} ${version}`, compiled);
      }
      await work(db, desk);
      for (const run of desk.runs) {
        for (const effect of run.decision.effects)
          run.applied.push(applyForNobody(effect, { ...desk, ruleSetId: run.ruleSet.id, awaited: awaitedAnswer(run, effect.node) }));
      }
      await writeRuns(db, accountId, desk.runs);
      await writeEffects(db, accountId, desk.runs);
      await writeCrmRows(db, accountId, desk.rows);
      await writeRuleRows(db, desk);
      await writeShadowEvents(db, accountId, desk.shadowEvents);
      if (stored || desk.memory.waiting)
        await writeMemories(db, accountId, ruleSets, [{ subject: accountId, conversationId: null, memory: desk.memory }]);
      if (desk.rows.notifications.length > 0) await this.changes.publish(db, accountId, { kind: 'notification' });
    });
  }

  private async syncSafely(accountId?: string): Promise<void> {
    try {
      const accounts = accountId
        ? [{ account_id: accountId }]
        : await this.scope.lookUp<{ account_id: string }>('SELECT * FROM accounts_with_rules()');
      for (const { account_id } of accounts) await this.sync(account_id);
    } catch (error) {
      this.log.warn(`cannot read schedules: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /**
   * A row for each schedule of a live version. A new version begins with what is due and has not run, or else from now; what is switched off or gone loses its
   * rows. The account's lane keeps a process that has read an older version from writing over a newer one.
   */
  private async sync(accountId: string): Promise<void> {
    await this.scope.run(accountId, async (db) => {
      await holdLane(db, accountId);
      const ruleSets = await this.ruleSets.of(db);
      const planned: { id: string | null; node: string | null; nextAt: Date | null; now: Date }[] = await db.query(
        `SELECT s.rule_set_id AS id, s.node, s.next_at AS "nextAt", clock.now FROM (SELECT clock_timestamp() AS now) clock LEFT JOIN rule_schedules s ON true`,
      );
      const now = planned[0]?.now.getTime() ?? Date.now();
      const wanted = ruleSets.flatMap(({ id, version, compiled }) =>
        compiled.schedules.map(({ node, next }) => {
          const due = planned.find((row) => row.id === id && row.node === node.id)?.nextAt?.getTime();
          return { id, version, node: node.id, next: next(due === undefined ? now : Math.min(now, due - 1)) };
        }),
      );
      await db.query(
        `DELETE FROM rule_schedules s WHERE NOT EXISTS (SELECT FROM unnest($1::uuid[], $2::text[]) AS w (id, node) WHERE w.id = s.rule_set_id AND w.node = s.node)`,
        [wanted.map(({ id }) => id), wanted.map(({ node }) => node)],
      );
      for (const { id, version, node, next } of wanted) {
        await db.query(
          `INSERT INTO rule_schedules (rule_set_id, node, account_id, version, next_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (rule_set_id, node) DO UPDATE SET version = excluded.version, next_at = excluded.next_at WHERE rule_schedules.version <> excluded.version`,
          [id, node, accountId, version, next === undefined ? null : new Date(next).toISOString()],
        );
      }
    });
  }
}

/** One process at a time works on what an account does by itself. */
async function holdLane(db: EntityManager, accountId: string): Promise<void> {
  await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [accountId]);
}

function live(desk: Desk): CompiledGraph[] {
  return desk.ruleSets.map(({ compiled }) => compiled);
}

function graphOf(desk: Desk, name: string, version: number | undefined): CompiledGraph | undefined {
  const ruleSet = desk.ruleSets.find((one) => one.name === name);
  if (!ruleSet || version === undefined || version === ruleSet.version) return ruleSet?.compiled;
  return desk.versions.get(`${name} ${version}`);
}

function toRecord(desk: Desk, { graph, event, memory, decision, cause }: RunOfVersion, key: string): RunRecord {
  const ruleSet = desk.ruleSets.find(({ name }) => name === graph.name);
  if (!ruleSet) throw new Error(`«${graph.name}» is no live rule set`);
  return {
    id: uuid(),
    ruleSet,
    version: graph.version ?? ruleSet.version,
    key,
    event,
    memory,
    late: false,
    expressionsStopped: desk.expressionsStopped,
    cause,
    decision,
    messageId: null,
    conversationId: null,
    applied: [],
  };
}
