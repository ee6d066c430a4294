import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DeliverQueue } from '../queues.js';

const withinMs = 2_000;

/** Whether what the process needs answers. */
@Injectable()
export class Readiness {
  constructor(
    private readonly source: DataSource,
    private readonly queue: DeliverQueue,
  ) {}

  /** `ok`, or what is wrong, by part. */
  async look(): Promise<{ database: string; queue: string }> {
    const [database, queue] = await Promise.all([answers(this.source.query('SELECT 1').then(() => true)), answers(this.queue.isUp())]);
    return { database, queue };
  }
}

async function answers(question: Promise<boolean>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((tell) => {
    timer = setTimeout(() => tell(`no answer within ${withinMs} ms`), withinMs);
  });
  const answer = question.then(
    (isUp) => (isUp ? 'ok' : 'does not answer'),
    () => 'does not answer',
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
