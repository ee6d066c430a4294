import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../config/config.js';
import { AccountScope } from '../../db/account-scope.js';
import { Metrics } from '../../health/metrics.js';
import { Changes } from '../../live/changes.js';
import { LookLoop } from '../../messaging/look-loop.js';
import { isDatabaseAway } from '../../problem/database-errors.js';
import { rowOf, rowsOf } from '../../sql/rows.js';
import type { LineSide } from './compare-line.js';
import { gatherShadowGraphs, stampOf } from './gather-shadow-graphs.js';
import type { ShadowLine, ShadowQuestion, ShadowState } from './messages.js';
import { nextDueOf } from './play-shadow.js';
import { ShadowWorker } from './shadow-worker.js';
import { writeLines, type NewLine } from './write-lines.js';

const lookEveryMs = 1_000;
const lookMost = 50;
/** Events of a conversation that one transaction takes. */
const eventsTogether = 50;
/** A shadow's timer waits so long for the live one of the same instant. */
const timersWaitMs = 3_000;
const tidyEveryMs = 60_000;
/** Ledgers of shadows that are over are kept for so long. */
const keepLedgers = '90 days';

interface Due {
  account_id: string;
  shadow_id: string;
  /** Null for what its schedules began. */
  conversation_id: string | null;
}

/** What one turn took, for the figures of the process. */
interface Taken {
  /** `waited` in seconds since it was left. */
  events: { waited: number }[];
  /** The version broke its thread or took too long. */
  isFailed: boolean;
}

/** Whose state it is: a conversation's, or the account's own where schedules are concerned. */
interface Subject {
  accountId: string;
  shadowId: string;
  conversationId: string | null;
  /** As the tables name it: the conversation, or else the account. */
  subject: string;
}

interface Active {
  id: string;
  ruleSetId: string;
  version: number;
  /** Whether its rule set is switched on. */
  isOn: boolean;
}

/**
 * Works off what live versions left for their shadows: asks each shadow what they were asked, and writes what it would have done beside what was done. Behind
 * the path of the message and apart from it; whatever fails here fails a line of the ledger.
 */
@Injectable()
export class RunShadows implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('shadows');
  private readonly loop = new LookLoop('shadows', () => this.takeDue());
  private readonly worker = new ShadowWorker();
  private tidied = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly scope: AccountScope,
    private readonly changes: Changes,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') this.loop.start(lookEveryMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    await this.worker.close();
  }

  private async takeDue(): Promise<boolean> {
    await this.endThoseOver();
    const due = await this.scope.lookUp<Due>('SELECT * FROM shadows_due($1)', [lookMost]);
    for (const { account_id, shadow_id, conversation_id } of due) {
      if (this.loop.isStopping) return false;
      const about = { accountId: account_id, shadowId: shadow_id, conversationId: conversation_id, subject: conversation_id ?? account_id };
      try {
        const taken = await this.scope.run(account_id, (db) => this.take(db, about));
        if (taken) this.count(taken);
      } catch (error) {
        if (isDatabaseAway(error)) throw error;
        // It would fail again at each look. The ledger lacks these events; nothing else does.
        this.log.error(
          `shadow ${shadow_id}, ${conversation_id === null ? 'schedules' : `conversation ${conversation_id}`}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        const forgotten = await this.scope.run(account_id, (db) => this.forget(db, about));
        this.metrics.shadowEvents.inc({ result: 'forgotten' }, forgotten);
      }
    }
    return due.length >= lookMost;
  }

  private count({ events, isFailed }: Taken): void {
    this.metrics.shadowEvents.inc({ result: isFailed ? 'failed' : 'compared' }, events.length);
    for (const { waited } of events) this.metrics.shadowWaitSeconds.observe(waited);
  }

  /** One subject's turn; undefined where there is none, as when another process is at it. */
  private async take(db: EntityManager, about: Subject): Promise<Taken | undefined> {
    const { shadowId, subject } = about;
    const lock = await rowOf<{ got: boolean }>(db, 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 2)) AS got', [
      `${shadowId} ${subject}`,
    ]);
    if (!lock?.got) return undefined;
    const shadow = await rowOf<Active>(
      db,
      `SELECT d.id, d.rule_set_id AS "ruleSetId", d.version, s.enabled AS "isOn" FROM rule_set_shadows d JOIN rule_sets s ON s.id = d.rule_set_id
       WHERE d.id = $1 AND d.status = 'active'`,
      [shadowId],
    );
    if (!shadow) {
      // What was left for it in the moment when it ended.
      await db.query('DELETE FROM shadow_events WHERE shadow_id = $1', [shadowId]);
      return undefined;
    }
    const left = await rowsOf<ShadowQuestion & { seq: string; waited: number }>(
      db,
      `SELECT seq, event_key AS key, is_timer AS "isTimer", event, memory, late, expressions_stopped AS "expressionsStopped", live,
         extract(epoch FROM left_at)::float8 * 1000 AS "answeredAt", extract(epoch FROM clock_timestamp() - left_at)::float8 AS waited
       FROM shadow_events WHERE shadow_id = $1 AND subject = $2 ORDER BY seq LIMIT $3`,
      [shadowId, subject, eventsTogether],
    );
    const stored = await rowOf<{ state: ShadowState }>(db, 'SELECT state FROM shadow_memories WHERE shadow_id = $1 AND subject = $2', [
      shadowId,
      subject,
    ]);
    const events = left.filter(({ event }) => !isBefore(stored?.state, event));
    if (left.length === 0 && !shadow.isOn) {
      // Rules that were switched off meanwhile: the live version waits for nothing any more either, and its schedules will begin anew.
      if (stored?.state.schedules) await this.keep(db, about, { ...stored.state, memory: {}, schedules: { since: Date.now() } });
      else await db.query('DELETE FROM shadow_memories WHERE shadow_id = $1 AND subject = $2', [shadowId, subject]);
      return undefined;
    }
    const { state, lines, isFailed } = await this.play(db, shadow, stored?.state ?? null, events);
    const compared = toLines(events, lines);
    const parted = await writeLines(db, about, stored?.state.parted ?? false, compared);
    // A version that failed has forgotten what it waited for: what comes in this conversation follows from that. Instants of schedules follow from nothing.
    await this.keep(db, about, state && { ...state, parted: parted || (isFailed && about.conversationId !== null) });
    await db.query('DELETE FROM shadow_events WHERE seq = ANY ($1)', [left.map(({ seq }) => seq)]);
    const ticks = compared.filter(({ live, shadow: other }) => (live ?? other)?.event.type === 'schedule-ticked');
    await db.query('UPDATE rule_set_shadows SET events = events + $2::int WHERE id = $1', [
      shadowId,
      events.filter(({ isTimer }) => !isTimer).length + ticks.length,
    ]);
    return { events, isFailed };
  }

  /** A version that breaks the thread or takes too long has an error for a line, and forgets what it was waiting for. */
  private async play(
    db: EntityManager,
    shadow: Active,
    state: ShadowState | null,
    questions: readonly ShadowQuestion[],
  ): Promise<{ state: ShadowState | null; lines: ShadowLine[]; isFailed: boolean }> {
    const waiting = [...(state?.memory.waiting ?? []), ...questions.flatMap(({ memory }) => memory.waiting ?? [])];
    const older = [...new Set(waiting.flatMap(({ version }) => (version === undefined || version === shadow.version ? [] : [version])))];
    const key = `${shadow.id} ${await stampOf(db, shadow.ruleSetId)} ${older.toSorted((a, b) => a - b).join(',')}`;
    const until = shadow.isOn ? Date.now() - timersWaitMs : 0;
    try {
      const played = await this.worker.play(key, () => gatherShadowGraphs(db, shadow, older), { state, questions, until });
      return { ...played, isFailed: false };
    } catch (error) {
      // Its graphs could not be read just now: that is no fault of the version's.
      if (isDatabaseAway(error)) throw error;
      const text = error instanceof Error ? error.message : String(error);
      this.log.warn(`shadow ${shadow.id}: ${text}`);
      const lines = questions
        .filter(({ isTimer, event }) => !isTimer || event.type === 'schedule-ticked')
        .map(({ key: event_key, event }): ShadowLine => ({
          key: event_key,
          event: { id: event.id, type: event.type, at: event.at },
          done: { status: 'error', effects: [], trace: [], error: { node: '', text } },
          wouldCall: false,
        }));
      const facts = questions.at(-1)?.memory ?? state?.facts;
      const schedules = state?.schedules && { schedules: { since: Date.now() } };
      return { state: facts ? { memory: {}, counters: {}, asked: {}, parted: false, facts, ...schedules } : null, lines, isFailed: true };
    }
  }

  /** Gives how many events went. */
  private async forget(db: EntityManager, { shadowId, subject }: Subject): Promise<number> {
    const gone = await rowsOf(db, 'DELETE FROM shadow_events WHERE shadow_id = $1 AND subject = $2 RETURNING seq', [shadowId, subject]);
    // Schedules go on: they pass over in time what fails them.
    await db.query(
      `UPDATE shadow_memories SET next_due = CASE WHEN conversation_id IS NULL THEN clock_timestamp() + interval '1 min' END WHERE shadow_id = $1 AND subject = $2`,
      [shadowId, subject],
    );
    return gone.length;
  }

  private async keep(db: EntityManager, about: Subject, state: ShadowState | null): Promise<void> {
    if (!state) return;
    const due = nextDueOf(state);
    await db.query(
      `INSERT INTO shadow_memories (shadow_id, conversation_id, account_id, state, next_due) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (shadow_id, subject) DO UPDATE SET state = excluded.state, next_due = excluded.next_due`,
      [
        about.shadowId,
        about.conversationId,
        about.accountId,
        JSON.stringify(state),
        due === undefined ? null : new Date(due).toISOString(),
      ],
    );
  }

  private async endThoseOver(): Promise<void> {
    for (const { account_id, shadow_id } of await this.scope.lookUp<Due>('SELECT * FROM shadows_over()')) {
      await this.scope.run(account_id, async (db) => {
        const row = await rowOf<{ ruleSetId: string }>(
          db,
          `UPDATE rule_set_shadows SET status = CASE WHEN events >= most_events THEN 'full' ELSE 'expired' END, ended_at = now()
           WHERE id = $1 AND status = 'active' RETURNING rule_set_id AS "ruleSetId"`,
          [shadow_id],
        );
        if (row) await this.changes.publish(db, account_id, { kind: 'rule-set', id: row.ruleSetId });
      });
    }
    if (performance.now() - this.tidied < tidyEveryMs) return;
    this.tidied = performance.now();
    await this.scope.lookUp('SELECT forget_shadows($1)', [keepLedgers]);
  }
}

/** An instant of a schedule that came before the shadow's own schedules began, and was worked off after it. */
function isBefore(state: ShadowState | undefined, { type, at }: ShadowQuestion['event']): boolean {
  return type === 'schedule-ticked' && Date.parse(at) <= (state?.schedules?.since ?? Number.NEGATIVE_INFINITY);
}

/** Each line with both sides as far as they are known by now. */
function toLines(questions: readonly ShadowQuestion[], lines: readonly ShadowLine[]): NewLine[] {
  const found = new Map<string, NewLine>();
  for (const { key, event, live } of questions)
    found.set(key, {
      key,
      text: event.message?.text ?? '',
      live: { event: { id: event.id, type: event.type, at: event.at }, done: live },
      shadow: null,
      wouldCall: false,
    });
  for (const { key, event, done, wouldCall } of lines) {
    const shadow: LineSide = { event, done };
    found.set(key, { ...(found.get(key) ?? { key, text: '', live: null }), shadow, wouldCall });
  }
  return [...found.values()];
}
