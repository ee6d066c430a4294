import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { filter, map, Subject, type Observable } from 'rxjs';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { change, type Change } from '../../api/stream.js';
import { ChangeListener } from './change-listener.js';

/** What a listener of one account gets: a change, or `resync` when some may have been missed and everything must be read again. */
export type Heard = Change | 'resync';

const wire = z.object({ account: z.uuid(), change });

/**
 * The news of what changed, to every process: told inside the transaction (PostgreSQL sends it with the commit, and not at all after a rollback), heard by
 * one connection per process. News can be missed while that connection is away, so a `resync` follows every reconnect.
 */
@Injectable()
export class Changes implements OnModuleInit, OnModuleDestroy {
  private readonly log = new Logger('live');
  private readonly news = new Subject<z.infer<typeof wire> | 'resync'>();

  constructor(private readonly listener: ChangeListener) {}

  /** Equal ones within a transaction are sent once. */
  async publish(db: EntityManager, accountId: string, change: Change): Promise<void> {
    await db.query(`SELECT pg_notify('changes', $1)`, [JSON.stringify({ account: accountId, change })]);
  }

  /** What happens in one account, from now on. */
  of(accountId: string): Observable<Heard> {
    return this.news.pipe(
      filter((news) => news === 'resync' || news.account === accountId),
      map((news) => (news === 'resync' ? news : news.change)),
    );
  }

  /** Changes of one kind in any account, for caches: without `accountId`, everything may have changed and the whole cache goes. */
  heard(kind: Change['kind']): Observable<{ accountId?: string; id?: string }> {
    return this.news.pipe(
      filter((news) => news === 'resync' || news.change.kind === kind),
      map((news) => (news === 'resync' ? {} : { accountId: news.account, id: news.change.id })),
    );
  }

  onModuleInit(): void {
    this.listener.on('changes', {
      heard: (payload) => this.take(payload),
      reconnected: () => this.news.next('resync'),
    });
  }

  onModuleDestroy(): void {
    this.news.complete();
  }

  private take(payload: string): void {
    const read = wire.safeParse(parseJson(payload));
    if (read.success) this.news.next(read.data);
    else this.log.error('a notification on "changes" is not one of ours');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
