import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { mostDays, mostEvents, type newBacktest } from '../../../api/backtests.js';
import { nodeTypes, readGraph } from '../../../rules/index.js';
import type { Caller } from '../../auth/caller.js';
import { AccountScope } from '../../db/account-scope.js';
import { Conflict, Invalid, NotFound } from '../../problem/problems.js';
import { rowOf, rowsOf } from '../../sql/rows.js';
import { boundsOf, countRecorded } from './recorded-events.js';
import { RunBacktests } from './run-backtests.js';

/** Backtests of a rule set that are kept, the newest ones. */
const mostKept = 10;
const dayMs = 86_400_000;

/** Backtests as things that are asked for and cancelled; RunBacktests works them off. */
@Injectable()
export class KeepBacktests {
  constructor(
    private readonly scope: AccountScope,
    private readonly runner: RunBacktests,
  ) {}

  /**
   * Asks for one of the draft as it is now; gives its id. One of the rule set at a time. Throws `NotFound`, `Conflict` while another is under way, `Invalid` for a
   * draft that cannot run and for days without messages or with too many.
   */
  async create(caller: Caller, ruleSetId: string, { from, to, channels }: z.infer<typeof newBacktest>): Promise<string> {
    const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
    if (days < 1) throw new Invalid([{ path: 'to', detail: { ru: 'Раньше первого дня', en: 'Before the first day' } }]);
    if (days > mostDays) throw new Invalid([{ path: 'to', detail: { ru: `Не больше ${mostDays} дней`, en: `At most ${mostDays} days` } }]);
    const id = uuid();
    await this.scope.run(caller.accountId, async (db) => {
      const ruleSet = await rowOf<{ draft: unknown }>(db, `SELECT draft FROM rule_sets WHERE id = $1 FOR UPDATE`, [ruleSetId]);
      if (!ruleSet) throw new NotFound();
      if (!readGraph(ruleSet.draft, nodeTypes).graph) throw new Invalid([{ path: '', detail: unreadable }]);
      const busy = await rowOf(db, `SELECT id FROM backtests WHERE rule_set_id = $1 AND status IN ('queued', 'running')`, [ruleSetId]);
      if (busy)
        throw new Conflict({
          ru: 'Сравнение уже идёт: дождитесь его или отмените',
          en: 'A backtest is under way: wait for it, or cancel it',
        });
      if (channels) {
        const known = await rowsOf(db, `SELECT id FROM channels WHERE id = ANY ($1)`, [channels]);
        if (known.length < new Set(channels).size || known.length === 0)
          throw new Invalid([{ path: 'channels', detail: { ru: 'Такого канала нет', en: 'There is no such channel' } }]);
      }
      const total = await countRecorded(db, await boundsOf(db, { from, to, channels: channels ?? null }), mostEvents);
      if (total === 0)
        throw new Invalid([{ path: 'from', detail: { ru: 'За эти дни сообщений нет', en: 'There are no messages of these days' } }]);
      if (total > mostEvents)
        throw new Invalid([
          {
            path: 'from',
            detail: {
              ru: `Сообщений больше ${mostEvents}: выберите меньше дней`,
              en: `There are more than ${mostEvents} messages: choose fewer days`,
            },
          },
        ]);
      await db.query(
        `INSERT INTO backtests (id, account_id, rule_set_id, from_day, to_day, channel_ids, draft, draft_revision, version, total, author_id, author_name)
         SELECT $1, account_id, id, $3, $4, $5, draft, draft_revision, published_version, $6, $7, $8 FROM rule_sets WHERE id = $2`,
        [id, ruleSetId, from, to, channels ?? null, total, caller.userId, caller.name],
      );
      await db.query(
        `DELETE FROM backtests WHERE rule_set_id = $1 AND id NOT IN (SELECT id FROM backtests WHERE rule_set_id = $1 ORDER BY created_at DESC LIMIT $2)`,
        [ruleSetId, mostKept],
      );
    });
    this.runner.look();
    return id;
  }

  /** Whoever works on it stops within a second. Throws `NotFound`; one that is over stays as it is. */
  async cancel(caller: Caller, ruleSetId: string, id: string): Promise<void> {
    await this.scope.run(caller.accountId, async (db) => {
      const known = await rowOf(db, `SELECT id FROM backtests WHERE id = $1 AND rule_set_id = $2`, [id, ruleSetId]);
      if (!known) throw new NotFound();
      await db.query(
        `UPDATE backtests SET status = 'cancelled', finished_at = now(), worker = NULL WHERE id = $1 AND status IN ('queued', 'running')`,
        [id],
      );
    });
  }
}

const unreadable = { ru: 'Черновик с ошибками не сыграть: исправьте их', en: 'A draft with errors cannot be played: mend them' };
