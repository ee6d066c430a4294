import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';

/** The first pipeline's name, which the example desk routes to. */
export const firstPipeline = 'Воронка';

const stages: { name: string; open: boolean }[] = [
  { name: 'Неразобранное', open: true },
  { name: 'Первичный контакт', open: true },
  { name: 'Переговоры', open: true },
  { name: 'Принимают решение', open: true },
  { name: 'Согласование договора', open: true },
  { name: 'Успешно реализовано', open: false },
  { name: 'Закрыто и не реализовано', open: false },
];

/** What every account begins with: one pipeline and the built-in CRM, so that messages have where to go. */
export async function addStartingData(db: EntityManager, accountId: string): Promise<void> {
  const pipelineId = uuid();
  await db.query(`INSERT INTO pipelines (id, account_id, name, position) VALUES ($1, $2, $3, 0)`, [pipelineId, accountId, firstPipeline]);
  for (const [position, stage] of stages.entries()) {
    await db.query(`INSERT INTO stages (id, account_id, pipeline_id, name, position, open) VALUES ($1, $2, $3, $4, $5, $6)`, [
      uuid(),
      accountId,
      pipelineId,
      stage.name,
      position,
      stage.open,
    ]);
  }
  await db.query(`INSERT INTO crm_connections (id, account_id, kind, name) VALUES ($1, $2, 'built-in', 'Встроенная CRM')`, [
    uuid(),
    accountId,
  ]);
}
