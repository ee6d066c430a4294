import { Global, Inject, Injectable, Logger, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { type ConnectionOptions, createPostgresBackend, type Job, Queue, type QueueBase, setDefaultBackendFactory, Worker } from 'bullmq';
import { CONFIG, type Config } from './config/config.js';
import { DATABASE_URL } from './db/db.module.js';

/** Conversations that have something to send: ids only, the rows are the truth. */
export interface DeliverJob {
  accountId: string;
  conversationIds: string[];
}

/** Conversations of one job: few enough that several workers share a burst. */
const conversationsPerJob = 20;

/**
 * BullMQ 6.7 on PostgreSQL takes an error of its connection badly: it asks again at once, and once opening the connection failed each answer is that failure,
 * so its loop goes round without letting anything else of the process run. A queue that failed is therefore replaced, after this.
 */
const renewAfterMs = 1_000;

/** Closing finishes what is being sent; a connection that is gone is not waited for. */
const closeWithinMs = 10_000;

/**
 * The queue that wakes, delays and spreads deliveries over processes, in PostgreSQL or, with REDIS_URL, in Redis; the same worker runs on both.
 * It may forget everything: the sweep of the outbox finds what it lost within 5 s.
 */
@Injectable()
export class DeliverQueue implements BeforeApplicationShutdown {
  private readonly log = new Logger('queue');
  private readonly connection: ConnectionOptions;
  private readonly isRedis: boolean;
  private queue: Queue<DeliverJob>;
  private worker: Worker<DeliverJob> | undefined;
  private startWorker: (() => Worker<DeliverJob>) | undefined;
  private renewing: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(@Inject(CONFIG) config: Config, @Inject(DATABASE_URL) databaseUrl: string) {
    this.isRedis = config.redisUrl !== undefined;
    // Process-wide by BullMQ's design; there is one server per process.
    if (this.isRedis) setDefaultBackendFactory();
    else setDefaultBackendFactory(createPostgresBackend);
    // The types know Redis only; the PostgreSQL backend documents these fields.
    this.connection = (
      this.isRedis
        ? { url: config.redisUrl, maxRetriesPerRequest: null }
        : { connectionString: databaseUrl, schema: 'bullmq', migrate: true, max: 4, application_name: 'razvilka queue' }
    ) as ConnectionOptions;
    this.queue = this.startQueue();
  }

  /** Wakes senders now or after `delayMs`. Nobody waits for it and it never throws: a lost wake-up costs at most the sweep's 5 s. */
  wake(accountId: string, conversationIds: string[], delayMs = 0): void {
    const jobs = [];
    for (let i = 0; i < conversationIds.length; i += conversationsPerJob) {
      jobs.push({
        name: 'deliver',
        data: { accountId, conversationIds: conversationIds.slice(i, i + conversationsPerJob) },
        opts: { delay: Math.ceil(delayMs) },
      });
    }
    this.queue.addBulk(jobs).catch((error: Error) => this.log.warn(`a wake-up was lost: ${error.message}`));
  }

  /** Starts this process's worker; `work` throws only for bugs. */
  work(work: (job: DeliverJob) => Promise<void>, concurrency: number): void {
    this.startWorker = () => {
      const worker = new Worker<DeliverJob>('deliver', (job: Job<DeliverJob>) => work(job.data), {
        connection: this.connection,
        concurrency,
        // After an error of its connection; its own 15 s are long for people who wait for an answer.
        runRetryDelay: 1_000,
      });
      this.watch(worker);
      worker.on('failed', (job, error) => this.log.error(`a delivery failed unexpectedly: ${error.stack ?? error.message}`));
      return worker;
    };
    this.worker = this.startWorker();
  }

  /** Whether the queue answers; for readiness. */
  async isUp(): Promise<boolean> {
    return this.queue.getJobCounts('waiting').then(
      () => true,
      () => false,
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.renewing);
    const closed = close(this.worker).then(() => close(this.queue));
    await Promise.race([closed, new Promise((done) => setTimeout(done, closeWithinMs).unref())]);
  }

  private startQueue(): Queue<DeliverJob> {
    const queue = new Queue<DeliverJob>('deliver', {
      connection: this.connection,
      // A job that fails is forgotten: the row it named is still due and the sweep names it again.
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    this.watch(queue);
    return queue;
  }

  private watch(part: QueueBase): void {
    const failed = (error: Error) => this.renew(part, error);
    part.on('error', failed);
    part.waitUntilReady().catch(failed);
  }

  /** Closing ends the loop of the one that failed at once; the next one takes what is there. Redis's client connects again by itself. */
  private renew(part: QueueBase, error: Error): void {
    if (this.stopping || this.renewing || (part !== this.queue && part !== this.worker)) return;
    this.log.warn(`queue: ${error.message}`);
    if (this.isRedis) return;
    void close(this.worker);
    void close(this.queue);
    this.renewing = setTimeout(() => {
      this.renewing = undefined;
      this.queue = this.startQueue();
      this.worker = this.startWorker?.();
    }, renewAfterMs);
  }
}

async function close(part: QueueBase | undefined): Promise<void> {
  await part?.close().catch(() => undefined);
}

/** Global: readiness asks it, the path uses it. */
@Global()
@Module({ providers: [DeliverQueue], exports: [DeliverQueue] })
export class QueuesModule {}
