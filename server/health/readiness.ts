import { Inject, Injectable, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';

const withinMs = 2_000;

/** Answers when the queue does; the queue's module provides it. */
export interface QueueProbe {
  ping(): Promise<unknown>;
}

/** Injection token of the probe. */
export const QUEUE_PROBE = Symbol('QueueProbe');

/** Whether what the process needs answers. */
@Injectable()
export class Readiness {
  constructor(
    private readonly source: DataSource,
    @Optional() @Inject(QUEUE_PROBE) private readonly queue?: QueueProbe,
  ) {}

  /** `ok` or what is wrong, by part. */
  async look(): Promise<{ database: string; queue: string }> {
    const [database, queue] = await Promise.all([
      answers(this.source.query('SELECT 1')),
      // Without a queue of its own (BullMQ on PostgreSQL) the database is the queue.
      this.queue ? answers(this.queue.ping()) : answers(this.source.query('SELECT 1')),
    ]);
    return { database, queue };
  }
}

async function answers(question: Promise<unknown>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((tell) => {
    timer = setTimeout(() => tell(`no answer within ${withinMs} ms`), withinMs);
  });
  try {
    return await Promise.race([
      question.then(
        () => 'ok',
        () => 'does not answer',
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
