import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { ConnectorError } from '../channels/connector-error.js';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from '../db/account-scope.js';
import { Clock } from '../health/clock.js';
import { OutgoingCalls } from '../http/outgoing-calls.js';
import { LookLoop } from './look-loop.js';
import { readAnswer } from './read-answer.js';
import { WakeUps } from './wake-ups.js';

const lookEveryMs = 1_000;
/** Queued calls that one look goes through: more than an account has under way, so that those of another are found behind them. */
const lookMost = 500;
/** Calls that a process has under way, and of these those of one account: its slow programs hold up nobody else's. */
const mostCalls = 32;
const mostOfOne = 4;
/** What is under way at the end is waited for so long. */
const patienceMs = 10_000;
/** No call holds a connection longer, whatever the run would wait. */
const longestCallMs = 60_000;

interface Call {
  conversationId: string | null;
  node: string;
  ruleSetId: string;
  /** Null for a call that was queued before waits were noted: any of its node takes the answer. */
  wait: string | null;
  request: { method: string; url: string; headers?: Record<string, string>; body?: string };
  giveUpAt: Date;
}

/**
 * Calls that rules asked for. Each is made once, through the guarded client: it is marked before it leaves, so that one whose process died is never made
 * again, and the run's own time then ends its wait. The answer becomes an event, stored with the run that it wakes: a replay needs no network.
 */
@Injectable()
export class HttpCalls implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('http-calls');
  private readonly loop = new LookLoop('http-calls', () => this.takeDue());
  /** What is under way, by the call's id. */
  private readonly underWay = new Map<string, { accountId: string; done: Promise<void> }>();

  constructor(
    private readonly scope: AccountScope,
    private readonly calls: OutgoingCalls,
    private readonly wakeUps: WakeUps,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') return;
    this.wakeUps.on('calls', () => this.loop.look());
    this.loop.start(lookEveryMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    const done = Promise.all([...this.underWay.values()].map((call) => call.done));
    await Promise.race([done, new Promise((late) => setTimeout(late, patienceMs).unref())]);
  }

  private async takeDue(): Promise<boolean> {
    if (!this.clock.isTrue) return false;
    const due = await this.scope.lookUp<{ account_id: string; call_id: string }>('SELECT * FROM calls_due($1)', [lookMost]);
    for (const { account_id, call_id } of due) {
      if (this.loop.isStopping || this.underWay.size >= mostCalls) break;
      const ofAccount = [...this.underWay.values()].filter(({ accountId }) => accountId === account_id).length;
      if (ofAccount < mostOfOne && !this.underWay.has(call_id)) this.begin(account_id, call_id);
    }
    return false;
  }

  /** Nobody waits for its end: the next look comes while it is under way, and one more after it, for what waited for its place. */
  private begin(accountId: string, id: string): void {
    const done = this.make(accountId, id)
      .then(
        () => true,
        (error: unknown) => this.log.warn(`call ${id}: ${error instanceof Error ? error.message : String(error)}`),
      )
      .then((isMade) => {
        this.underWay.delete(id);
        // After a failure the next look comes in its time: it would fail again at once.
        if (isMade) this.loop.look();
      });
    this.underWay.set(id, { accountId, done });
  }

  private async make(accountId: string, id: string): Promise<void> {
    const call = await this.scope.run(accountId, async (db) => {
      const [rows]: [Call[], number] = await db.query(
        `UPDATE http_calls SET status = 'calling' WHERE id = $1 AND status = 'queued'
         RETURNING conversation_id AS "conversationId", node, rule_set_id AS "ruleSetId", wait, request, give_up_at AS "giveUpAt"`,
        [id],
      );
      return rows[0];
    });
    if (!call) return;
    const answer = await this.ask(call);
    await this.scope.run(accountId, async (db) => {
      await db.query(`UPDATE http_calls SET status = $2, answer_status = $3, error = $4, finished_at = now() WHERE id = $1`, [
        id,
        answer.error === undefined ? 'answered' : 'failed',
        answer.status,
        answer.error ?? null,
      ]);
      await db.query(`INSERT INTO rule_events (id, account_id, conversation_id, type, body) VALUES ($1, $2, $3, 'http-answered', $4)`, [
        uuid(),
        accountId,
        call.conversationId,
        JSON.stringify({
          node: call.node,
          ...(call.wait !== null && { wait: call.wait, ruleSetId: call.ruleSetId }),
          status: answer.status,
          body: answer.body,
        }),
      ]);
      await db.query(`SELECT pg_notify('rules', $1)`, [`${accountId} ${accountId}`]);
    });
  }

  /** Never throws: what went wrong is an answer of status 0, and the run leaves by `error`. */
  private async ask({ request, giveUpAt }: Call): Promise<{ status: number; body: unknown; error?: string }> {
    const timeoutMs = Math.min(giveUpAt.getTime() - Date.now(), longestCallMs);
    if (timeoutMs <= 0) return { status: 0, body: null, error: 'its time was up before it was made' };
    try {
      const { method, url, headers, body } = request;
      const answer = await this.calls.request({
        method: methodOf(method),
        url,
        ...(headers && { headers }),
        ...(body !== undefined && { body }),
        timeoutMs,
      });
      return { status: answer.status, body: readAnswer(answer.body, answer.headers['content-type']) };
    } catch (error) {
      const reason = error instanceof ConnectorError ? error.message : 'the call failed';
      if (!(error instanceof ConnectorError)) this.log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { status: 0, body: null, error: reason };
    }
  }
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function methodOf(method: string): (typeof methods)[number] {
  const known = methods.find((one) => one === method);
  if (!known) throw new Error(`${method} is no method of a call`);
  return known;
}
