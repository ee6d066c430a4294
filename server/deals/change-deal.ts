import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { changeDeal } from '../../api/crm.js';
import { raiseEvent } from '../messaging/raise-event.js';
import { Invalid, NotFound } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';
import { setters } from '../sql/setters.js';

type Wanted = z.infer<typeof changeDeal>;
interface Stage {
  id: string;
  pipeline_id: string;
  open: boolean;
}

/** Changes a deal by hand. Whether it is open follows its stage. */
@Injectable()
export class ChangeDeal {
  /** Throws `NotFound`, and `Invalid` for a pipeline, stage or person that the account does not have. */
  async apply(db: EntityManager, accountId: string, id: string, wanted: Wanted): Promise<void> {
    const deal = await rowOf<{ pipeline: string; open: boolean; stageId: string; contactId: string }>(
      db,
      `SELECT p.name AS pipeline, d.open, d.stage_id AS "stageId", d.contact_id AS "contactId" FROM deals d JOIN pipelines p ON p.id = d.pipeline_id WHERE d.id = $1 FOR UPDATE OF d`,
      [id],
    );
    if (!deal) throw new NotFound();
    const moves = wanted.stage !== undefined || (wanted.pipeline !== undefined && wanted.pipeline !== deal.pipeline);
    const stage = moves ? await findStage(db, wanted.pipeline ?? deal.pipeline, wanted.stage) : undefined;
    if (wanted.responsibleId) await assertPerson(db, wanted.responsibleId);
    const { sql, values } = setters({
      name: wanted.name,
      pipeline_id: stage?.pipeline_id,
      stage_id: stage?.id,
      open: stage?.open,
      closed_at: stage && stage.open !== deal.open ? (stage.open ? null : new Date()) : undefined,
      responsible_id: wanted.responsibleId,
      tags: wanted.tags && [...new Set(wanted.tags)],
    });
    if (values.length > 0) await db.query(`UPDATE deals SET ${sql}, updated_at = now() WHERE id = $${values.length + 1}`, [...values, id]);
    if (stage && stage.id !== deal.stageId) await tellRules(db, accountId, deal.contactId);
  }
}

/** A deal belongs to a client; the rules see its new stage in his last conversation, where they can act. */
async function tellRules(db: EntityManager, accountId: string, contactId: string): Promise<void> {
  const last = await rowOf<{ id: string }>(
    db,
    `SELECT id FROM conversations WHERE contact_id = $1 ORDER BY last_message_at DESC, id DESC LIMIT 1`,
    [contactId],
  );
  if (last) await raiseEvent(db, accountId, { conversationId: last.id, type: 'stage-changed' });
}

/** Without a stage's name it is the pipeline's first open one. */
async function findStage(db: EntityManager, pipeline: string, name: string | undefined): Promise<Stage> {
  const known = await rowOf(db, `SELECT id FROM pipelines WHERE name = $1`, [pipeline]);
  if (!known) throw new Invalid([{ path: 'pipeline', detail: { ru: 'Такой воронки нет', en: 'There is no such pipeline' } }]);
  // FOR SHARE: the stage may not be removed, or become open or closed, before this deal stands in it.
  const stage = await rowOf<Stage>(
    db,
    `SELECT s.id, s.pipeline_id, s.open FROM stages s JOIN pipelines p ON p.id = s.pipeline_id
     WHERE p.name = $1 AND (CASE WHEN $2::text IS NULL THEN s.open ELSE s.name = $2 END) ORDER BY s.position LIMIT 1 FOR SHARE OF s`,
    [pipeline, name ?? null],
  );
  if (!stage)
    throw new Invalid([{ path: 'stage', detail: { ru: 'В этой воронке нет такого этапа', en: 'This pipeline has no such stage' } }]);
  return stage;
}

/** Foreign keys do not know accounts: the id is read under row-level security first. */
async function assertPerson(db: EntityManager, id: string): Promise<void> {
  const person = await rowOf(db, `SELECT id FROM users WHERE id = $1 AND active`, [id]);
  if (!person) throw new Invalid([{ path: 'responsibleId', detail: { ru: 'Такого сотрудника нет', en: 'There is no such person' } }]);
}
