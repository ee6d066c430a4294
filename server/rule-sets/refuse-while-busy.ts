import type { EntityManager } from 'typeorm';
import { Conflict } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';

/** One thing is tried at a time, so that what is compared is one version with another. @throws Conflict */
export async function refuseWhileBusy(db: EntityManager, ruleSetId: string): Promise<void> {
  const busy = await rowOf<{ isShadow: boolean; isRelease: boolean }>(
    db,
    `SELECT EXISTS (SELECT FROM rule_set_shadows WHERE rule_set_id = $1 AND status = 'active') AS "isShadow",
            EXISTS (SELECT FROM rule_set_releases WHERE rule_set_id = $1 AND status = 'active') AS "isRelease"`,
    [ruleSetId],
  );
  if (busy?.isShadow)
    throw new Conflict({
      ru: 'Версия в тени уже есть: сначала остановите её',
      en: 'There is a version in the shadow already: stop it first',
    });
  if (busy?.isRelease)
    throw new Conflict({
      ru: 'Версия уже выпускается постепенно: сначала завершите выпуск или верните её',
      en: 'A version is being released gradually: finish that or take it back first',
    });
}
