import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { releaseMetrics } from '../../api/releases.js';
import { AccountScope } from '../db/account-scope.js';

/** The process's figures for Prometheus; whoever does the thing counts it. Labels have few values: never an id, never what a client wrote. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly messages = this.counter('razvilka_messages_total', 'Messages stored, by direction and channel kind', ['direction', 'kind']);
  readonly runs = this.counter('razvilka_runs_total', 'Runs of rule sets, by status', ['status']);
  readonly effects = this.counter('razvilka_effects_total', 'Effects, by type and outcome (applied, skipped)', ['type', 'outcome']);
  readonly deliveries = this.counter('razvilka_deliveries_total', 'Attempts to send, by channel kind and outcome', ['kind', 'outcome']);
  /** Those that were evaluated in a thread of their own; a simple one stays on the path of its message. */
  readonly expressions = this.counter('razvilka_expressions_total', 'Expressions evaluated in threads', []);
  readonly expressionsStopped = this.counter('razvilka_expressions_stopped_total', 'Expressions ended because they took too long', []);
  readonly quarantined = this.counter('razvilka_quarantined_total', 'Bodies that no parser understood, by channel kind', ['kind']);
  readonly ingestFailures = this.counter('razvilka_ingest_failures_total', 'Batches of requests that were rolled back and tried again', []);
  /** Rises when a wake-up was lost and the sweep found what it left: more than a few an hour deserve a look. */
  readonly sweeperRescues = this.counter('razvilka_sweeper_rescues_total', 'Rows that the sweep found waiting, by queue', ['queue']);
  readonly listenReconnects = this.counter('razvilka_listen_reconnects_total', 'Reconnects of the connections that hear notifications', []);
  /** `failed`: the version broke its thread or took too long; `forgotten`: an error of ours, so that the ledger lacks them. */
  readonly shadowEvents = this.counter(
    'razvilka_shadow_events_total',
    'Events that shadows were asked, by result (compared, failed, forgotten)',
    ['result'],
  );
  readonly shadowWaitSeconds = new Histogram({
    name: 'razvilka_shadow_wait_seconds',
    help: 'Time from an event to its line in the ledger of a shadow',
    buckets: [1, 2, 5, 15, 60, 300, 1800],
    registers: [this.registry],
  });
  readonly releasesStopped = this.counter(
    'razvilka_releases_stopped_total',
    'Releases taken back by themselves, by the limit that was passed',
    ['metric'],
  );
  readonly clockOffset = new Gauge({
    name: 'razvilka_clock_offset_seconds',
    help: "This machine's clock against PostgreSQL's; beyond 2 either way the process takes no work",
    registers: [this.registry],
  });
  readonly httpSeconds = new Histogram({
    name: 'razvilka_http_request_seconds',
    help: 'Time from request to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  private readonly waiting = this.gauge('razvilka_queue_waiting', 'Rows that wait, by queue');
  private readonly oldest = this.gauge('razvilka_queue_oldest_seconds', 'Age of the oldest row that waits, by queue');

  constructor(private readonly scope: AccountScope) {
    collectDefaultMetrics({ register: this.registry });
    // A counter that is missing until its first event hides that event from rate().
    for (const queue of ['inbox', 'outbox']) this.sweeperRescues.inc({ queue }, 0);
    for (const result of ['compared', 'failed', 'forgotten']) this.shadowEvents.inc({ result }, 0);
    for (const metric of releaseMetrics) this.releasesStopped.inc({ metric }, 0);
  }

  /** All figures in Prometheus's text form; the queues' ages are asked of the database now, and left out while it is away. */
  async text(): Promise<string> {
    this.waiting.reset();
    this.oldest.reset();
    const rows = await this.scope
      .lookUp<{ queue: string; waiting: string; oldest_seconds: number }>('SELECT * FROM queue_ages()')
      .catch(() => []);
    for (const { queue, waiting, oldest_seconds } of rows) {
      this.waiting.set({ queue }, Number(waiting));
      this.oldest.set({ queue }, oldest_seconds);
    }
    return this.registry.metrics();
  }

  private counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  private gauge(name: string, help: string): Gauge<'queue'> {
    return new Gauge({ name, help, labelNames: ['queue'], registers: [this.registry] });
  }
}
