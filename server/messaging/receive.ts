import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { Unavailable } from '../problem/problems.js';
import { withFailPoint } from './fail-point.js';
import { InboxWorker } from './inbox-worker.js';

/** What became of a request: stored now, or known by its key already, with the same bytes or with others. */
export interface Stored {
  id: string;
  duplicate: boolean;
  sameBody: boolean;
}

interface Waiting {
  id: string;
  channelId: string;
  body: Buffer;
  dedupeKey: string | null;
  done(stored: Stored): void;
  failed(error: unknown): void;
}

/** What an account's hooks brought: `bytes` counts what waits and what is being written. */
interface Line {
  waiting: Waiting[];
  bytes: number;
  writers: number;
}

/** Requests of one statement: more would make the first wait for the last for longer than a commit. */
const mostTogether = 200;
/** Bytes of one account that are not yet stored: while the database does not answer, what comes on top is refused at once, and the platform repeats it. */
const mostWaitingBytes = 64 * 1024 * 1024;
/** Statements under way for one account: while one waits for the disk, the next gathers. */
const writersPerAccount = 2;

/**
 * Step 1: a raw request is on disk before anybody hears 2xx. Hooks that arrive while a statement is under way share the next one and its commit
 * (measured in docs/benchmarks.md); nobody waits for a timer.
 */
@Injectable()
export class Receive {
  private readonly queues = new Map<string, Line>();

  constructor(
    private readonly source: DataSource,
    private readonly worker: InboxWorker,
  ) {}

  /** Resolves after the commit; rejects when the database is away, and then nothing is known to be stored. */
  store(channel: { id: string; accountId: string }, body: Buffer, dedupeKey?: string): Promise<Stored> {
    return new Promise((done, failed) => {
      const queue = this.queues.get(channel.accountId) ?? { waiting: [], bytes: 0, writers: 0 };
      this.queues.set(channel.accountId, queue);
      if (queue.bytes > 0 && queue.bytes + body.length > mostWaitingBytes) return failed(new Unavailable());
      queue.bytes += body.length;
      queue.waiting.push({ id: uuid(), channelId: channel.id, body, dedupeKey: dedupeKey ?? null, done, failed });
      this.write(channel.accountId, queue);
    });
  }

  private write(accountId: string, queue: Line): void {
    if (queue.writers >= writersPerAccount || queue.waiting.length === 0) return;
    const together = queue.waiting.splice(0, mostTogether);
    queue.writers += 1;
    this.insert(accountId, together)
      .then(
        (stored) => together.forEach((one, i) => one.done(stored[i]!)),
        (error: unknown) => together.forEach((one) => one.failed(error)),
      )
      .finally(() => {
        queue.writers -= 1;
        for (const { body } of together) queue.bytes -= body.length;
        this.write(accountId, queue);
        if (queue.writers === 0) this.queues.delete(accountId);
      })
      .catch(() => undefined);
  }

  private async insert(accountId: string, together: Waiting[]): Promise<Stored[]> {
    const rows = await withFailPoint('receive.store', () =>
      this.source.query<{ request_id: string; is_new: boolean; same_body: boolean }[]>('SELECT * FROM store_requests($1, $2, $3, $4, $5)', [
        accountId,
        together.map((one) => one.id),
        together.map((one) => one.channelId),
        together.map((one) => one.body),
        together.map((one) => one.dedupeKey),
      ]),
    );
    for (const channelId of new Set(together.map((one) => one.channelId))) this.worker.wake(accountId, channelId);
    return rows.map((row) => ({ id: row.request_id, duplicate: !row.is_new, sameBody: row.same_body }));
  }
}
