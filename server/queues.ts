import { Global, Inject, Injectable, Logger, Module, type BeforeApplicationShutdown } from '@nestjs/common';
import { type ConnectionOptions, createPostgresBackend, type Job, Queue, setDefaultBackendFactory, Worker } from 'bullmq';
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
 * The queue that wakes, delays and spreads deliveries over processes, in PostgreSQL or, with REDIS_URL, in Redis; the same worker runs on both.
 * It may forget everything: the sweep of the outbox finds what it lost within 5 s.
 */
@Injectable()
export class DeliverQueue implements BeforeApplicationShutdown {
  private readonly log = new Logger('queue');
  private readonly queue: Queue<DeliverJob>;
  private worker: Worker<DeliverJob> | undefined;
  private readonly connection: ConnectionOptions;

  constructor(@Inject(CONFIG) config: Config, @Inject(DATABASE_URL) databaseUrl: string) {
    // Process-wide by BullMQ's design; there is one server per process.
    if (config.redisUrl) setDefaultBackendFactory();
    else setDefaultBackendFactory(createPostgresBackend);
    // The types know Redis only; the PostgreSQL backend documents these fields.
    this.connection = (
      config.redisUrl
        ? { url: config.redisUrl, maxRetriesPerRequest: null }
        : { connectionString: databaseUrl, schema: 'bullmq', migrate: true, max: 4, application_name: 'razvilka queue' }
    ) as ConnectionOptions;
    this.queue = new Queue<DeliverJob>('deliver', {
      connection: this.connection,
      // A job that fails is forgotten: the row it named is still due and the sweep names it again.
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    this.queue.on('error', (error) => this.log.warn(`queue: ${error.message}`));
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
    this.worker = new Worker<DeliverJob>('deliver', (job: Job<DeliverJob>) => work(job.data), {
      connection: this.connection,
      concurrency,
      // After an error of its connection; its own 15 s are long for people who wait for an answer.
      runRetryDelay: 1_000,
    });
    this.worker.on('error', (error) => this.log.warn(`worker: ${error.message}`));
    this.worker.on('failed', (job, error) => this.log.error(`a delivery failed unexpectedly: ${error.stack ?? error.message}`));
  }

  /** Whether the queue answers; for readiness. */
  async isUp(): Promise<boolean> {
    return this.queue.getJobCounts('waiting').then(
      () => true,
      () => false,
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.close().catch(() => undefined);
    await this.queue.close().catch(() => undefined);
  }
}

/** Global: readiness asks it, the path uses it. */
@Global()
@Module({ providers: [DeliverQueue], exports: [DeliverQueue] })
export class QueuesModule {}
