import { v7 as uuid } from 'uuid';
import type { AccountScope } from '../db/account-scope.js';
import type { Changes } from '../live/changes.js';

/** Characters of the expression that a notice quotes. */
const quoted = 80;

/** Tells those who may change rules that the account's expressions are not asked for ten minutes. `source` is the last one that took too long. */
export async function tellStopped(scope: AccountScope, changes: Changes, accountId: string, source: string): Promise<void> {
  const start = source.length > quoted ? `${source.slice(0, quoted)}…` : source;
  await scope.run(accountId, async (db) => {
    const people: { id: string; language: string }[] = await db.query(
      `SELECT id, language FROM users WHERE role IN ('owner', 'admin') AND active`,
    );
    for (const { id, language } of people) {
      const text =
        language === 'ru'
          ? `Выражения в правилах остановлены на 10 минут: слишком многие считались слишком долго, последнее — ${start}`
          : `Expressions in rules are stopped for 10 minutes: too many took too long, the last one was ${start}`;
      await db.query(`INSERT INTO notifications (id, account_id, user_id, text) VALUES ($1, $2, $3, $4)`, [uuid(), accountId, id, text]);
    }
    await changes.publish(db, accountId, { kind: 'notification' });
  });
}
