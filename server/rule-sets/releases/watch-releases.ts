import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { ReleaseMetric, ReleaseReason } from '../../../api/releases.js';
import { Audit } from '../../audit/audit.js';
import { CONFIG, type Config } from '../../config/config.js';
import { AccountScope } from '../../db/account-scope.js';
import { Metrics } from '../../health/metrics.js';
import { Changes } from '../../live/changes.js';
import { LookLoop } from '../../messaging/look-loop.js';
import { rowOf, rowsOf } from '../../sql/rows.js';
import { endRelease, figuresOf, lockUnderWay, readUnderWay, type UnderWay } from './end-release.js';
import { judgeRelease } from './judge-release.js';

/** Counting reads all runs since a release began. */
const lookEveryMs = 15_000;
/** How long it may take, far longer than other statements may. */
const countingMs = 60_000;

/** Looks at the releases that are under way: keeps their figures, and takes back one that has passed a limit. */
@Injectable()
export class WatchReleases implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('releases');
  private readonly loop = new LookLoop('releases', () => this.lookAtAll());

  constructor(
    private readonly scope: AccountScope,
    private readonly audit: Audit,
    private readonly changes: Changes,
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') this.loop.start(lookEveryMs);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** Looks at once; the look that is under way is not waited for. */
  look(): void {
    this.loop.look();
  }

  private async lookAtAll(): Promise<boolean> {
    const active = await this.scope.lookUp<{ account_id: string; release_id: string }>('SELECT * FROM releases_active()');
    for (const { account_id, release_id } of active) {
      if (this.loop.isStopping) return false;
      // One that cannot be counted must not keep the others from being returned.
      try {
        const passed = await this.scope.run(account_id, (db) => this.lookAt(db, account_id, release_id));
        if (passed) this.metrics.releasesStopped.inc({ metric: passed });
      } catch (error) {
        this.log.warn(`release ${release_id}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return false;
  }

  /** Gives the limit that was passed, undefined: none. */
  private async lookAt(db: EntityManager, accountId: string, id: string): Promise<ReleaseMetric | undefined> {
    const seen = await readUnderWay(db, id);
    // A long release of a large desk has millions of runs, and one that cannot be counted is returned by nobody. No lock is held meanwhile.
    await db.query(`SET LOCAL statement_timeout = ${countingMs}`);
    const figures = seen && (await figuresOf(db, seen));
    const release = figures && (await lockUnderWay(db, id));
    if (!release) return undefined;
    const reason = judgeRelease(figures, release.limits);
    if (!reason) {
      await db.query(`UPDATE rule_set_releases SET figures = $2 WHERE id = $1`, [id, JSON.stringify(figures)]);
      return undefined;
    }
    await endRelease(db, release, { what: 'stopped', by: null, reason });
    const ruleSet = await rowOf<{ name: string }>(db, `SELECT name FROM rule_sets WHERE id = $1`, [release.ruleSetId]);
    const name = ruleSet?.name ?? '';
    const details = { id: release.ruleSetId, version: release.version, reason };
    await this.audit.write(db, { accountId, actor: 'releases' }, 'rule-set.release-stop', name, details);
    await this.tell(db, accountId, release, name, reason);
    await this.changes.publish(db, accountId, { kind: 'rule-set', id: release.ruleSetId });
    this.log.warn(`release ${id} of version ${release.version} is taken back: ${reason.metric}`);
    return reason.metric;
  }

  /** Whoever owns the account and whoever began the release. */
  private async tell(db: EntityManager, accountId: string, release: UnderWay, name: string, reason: ReleaseReason): Promise<void> {
    const users = await rowsOf<{ id: string; language: 'ru' | 'en' }>(
      db,
      `SELECT id, language FROM users WHERE active AND (role = 'owner' OR id = (SELECT author_id FROM rule_set_releases WHERE id = $1))`,
      [release.id],
    );
    for (const { id: userId, language } of users)
      await db.query(`INSERT INTO notifications (id, account_id, user_id, text) VALUES ($1, $2, $3, $4)`, [
        uuid(),
        accountId,
        userId,
        noticeOf(language, { name, version: release.version, reason }),
      ]);
    if (users.length > 0) await this.changes.publish(db, accountId, { kind: 'notification' });
  }
}

/** What people are told of a release that returned by itself. */
function noticeOf(language: 'ru' | 'en', { name, version, reason }: { name: string; version: number; reason: ReleaseReason }): string {
  const { metric, old, new: now } = reason;
  const [is, was] = [now, old].map(({ count, of }) => (language === 'ru' ? `${count} из ${of}` : `${count} of ${of}`));
  return language === 'ru'
    ? `«${name}»: версия ${version} возвращена сама. ${metrics[metric].ru}: ${is}, у опубликованной версии ${was}`
    : `“${name}”: version ${version} was taken back by itself. ${metrics[metric].en}: ${is}, the published version has ${was}`;
}

const metrics: Record<ReleaseMetric, { ru: string; en: string }> = {
  errors: { ru: 'Прогоны с ошибкой', en: 'Runs with an error' },
  failures: { ru: 'Недоставленные ответы', en: 'Replies that were not delivered' },
  'bad-scores': { ru: 'Плохие оценки', en: 'Bad scores' },
  silent: { ru: 'Клиенты, которые замолчали после ответа', en: 'Clients silent after a reply' },
  handed: { ru: 'Беседы, в которых ответил человек', en: 'Conversations that people took over' },
};
