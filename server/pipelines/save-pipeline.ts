import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { savePipeline } from '../../api/pipelines.js';
import { Conflict, Invalid, NotFound, type Place } from '../problem/problems.js';
import { rowOf, rowsOf } from '../sql/rows.js';
import { orTaken } from '../sql/taken.js';

type Wanted = z.infer<typeof savePipeline>;
interface Stage {
  id: string;
  name: string;
  deals: number;
}

/** Saves a pipeline whole: what is not in the list goes, what has no id is new. Runs in the caller's transaction. */
@Injectable()
export class SavePipeline {
  /** Gives the new pipeline's id; it stands after the others. Throws `Invalid`, and `Conflict` for a name in use. */
  async create(db: EntityManager, accountId: string, wanted: Wanted): Promise<string> {
    refuseBad(wanted, []);
    const id = uuid();
    const insert = db.query(
      `INSERT INTO pipelines (id, account_id, name, position) SELECT $1, $2, $3, coalesce(max(position), 0) + 1 FROM pipelines`,
      [id, accountId, wanted.name],
    );
    await orTaken(insert, nameTaken(wanted.name));
    await this.write(db, accountId, id, wanted);
    return id;
  }

  /** Throws `NotFound`, `Invalid` for a stage of another pipeline, and `Conflict` for a name in use or a missing stage that has deals. */
  async replace(db: EntityManager, accountId: string, id: string, wanted: Wanted): Promise<void> {
    const stages = await this.lock(db, id);
    refuseBad(wanted, stages);
    const kept = new Set(wanted.stages.flatMap((stage) => stage.id ?? []));
    const gone = stages.filter((stage) => !kept.has(stage.id));
    const used = gone.find((stage) => stage.deals > 0);
    if (used) throw stageInUse(used);
    await orTaken(db.query(`UPDATE pipelines SET name = $2 WHERE id = $1`, [id, wanted.name]), nameTaken(wanted.name));
    await db.query(`DELETE FROM stages WHERE id = ANY ($1)`, [gone.map((stage) => stage.id)]);
    await this.write(db, accountId, id, wanted);
  }

  /** Throws `NotFound`, and `Conflict` for the last pipeline and for one that has deals. */
  async remove(db: EntityManager, id: string): Promise<string> {
    // All of them: two people who each remove one of the last two must not both succeed.
    const all = await rowsOf<{ id: string; name: string }>(db, `SELECT id, name FROM pipelines ORDER BY id FOR UPDATE`);
    const pipeline = all.find((one) => one.id === id);
    if (!pipeline) throw new NotFound();
    if (all.length === 1)
      throw new Conflict({ ru: 'Это последняя воронка: без неё сделкам негде быть', en: 'This is the last pipeline: deals need one' });
    const stages = await this.lock(db, id);
    const used = stages.find((stage) => stage.deals > 0);
    if (used) throw stageInUse(used);
    await db.query(`DELETE FROM pipelines WHERE id = $1`, [id]);
    return pipeline.name;
  }

  /** Locks the pipeline and its stages, so that no deal can enter one between the count and the removal. */
  private async lock(db: EntityManager, id: string): Promise<Stage[]> {
    const pipeline = await rowOf(db, `SELECT id FROM pipelines WHERE id = $1 FOR UPDATE`, [id]);
    if (!pipeline) throw new NotFound();
    await db.query(`SELECT id FROM stages WHERE pipeline_id = $1 ORDER BY id FOR UPDATE`, [id]);
    return rowsOf<Stage>(
      db,
      `SELECT s.id, s.name, (SELECT count(*)::int FROM deals d WHERE d.stage_id = s.id) AS deals FROM stages s WHERE s.pipeline_id = $1`,
      [id],
    );
  }

  private async write(db: EntityManager, accountId: string, pipelineId: string, { stages }: Wanted): Promise<void> {
    const rows = stages.map(({ id, name, open }, position) => ({ id: id ?? uuid(), name, open, position, isNew: id === undefined }));
    // Two stages may swap their names, and the key is not deferrable: every name steps aside first.
    await db.query(`UPDATE stages SET name = id::text WHERE pipeline_id = $1`, [pipelineId]);
    for (const { id, name, open, position, isNew } of rows) {
      const values = [id, name, open, position, pipelineId];
      if (isNew) {
        const sql = `INSERT INTO stages (id, name, open, position, pipeline_id, account_id) VALUES ($1, $2, $3, $4, $5, $6)`;
        await db.query(sql, [...values, accountId]);
      } else await db.query(`UPDATE stages SET name = $2, open = $3, position = $4 WHERE id = $1 AND pipeline_id = $5`, values);
    }
    await db.query(
      `UPDATE deals d SET open = s.open, closed_at = CASE WHEN s.open THEN NULL ELSE now() END, updated_at = now()
       FROM stages s WHERE s.pipeline_id = $1 AND d.stage_id = s.id AND d.open <> s.open`,
      [pipelineId],
    );
  }
}

function refuseBad({ stages }: Wanted, known: Stage[]): void {
  const errors: Place[] = [];
  const ids = new Set(known.map((stage) => stage.id));
  const names = new Set<string>();
  for (const [index, stage] of stages.entries()) {
    if (names.has(stage.name)) {
      errors.push({
        path: `stages[${index}].name`,
        detail: { ru: 'Такой этап уже есть в этой воронке', en: 'This pipeline already has such a stage' },
      });
    }
    names.add(stage.name);
    // Also removes the id, so that its second use is found.
    if (stage.id !== undefined && !ids.delete(stage.id)) {
      errors.push({
        path: `stages[${index}].id`,
        detail: { ru: 'В этой воронке нет такого этапа', en: 'This pipeline has no such stage' },
      });
    }
  }
  if (!stages.some((stage) => stage.open)) {
    errors.push({ path: 'stages', detail: { ru: 'Нужен хотя бы один открытый этап', en: 'At least one stage must be open' } });
  }
  if (errors.length > 0) throw new Invalid(errors);
}

function stageInUse({ name, deals }: Stage): Conflict {
  return new Conflict(
    { ru: `В этапе «${name}» есть сделки`, en: `The stage “${name}” has deals` },
    { ru: `Сделок: ${deals}. Сначала перенесите их в другой этап.`, en: `Deals: ${deals}. Move them to another stage first.` },
  );
}

function nameTaken(name: string): { ru: string; en: string } {
  return { ru: `Воронка «${name}» уже есть`, en: `There is already a pipeline “${name}”` };
}
