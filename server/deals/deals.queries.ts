import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Deal, dealsQuery } from '../../api/crm.js';
import { rowsOf } from '../sql/rows.js';
import { anywhere } from '../sql/search.js';
import { sql, Walk, type IdPage } from '../sql/walk.js';

/** One page of deals, newest first. `q` finds the deal's name or number and the contact's name or phone; it looks at a bounded piece a page. */
export function gatherDealIds(db: EntityManager, query: z.infer<typeof dealsQuery>): Promise<IdPage> {
  const walk = new Walk('deals', 'created_at');
  if (query.contact) walk.narrow(sql`t.contact_id = ${query.contact}`);
  if (query.pipeline) walk.look(sql`t.pipeline_id IN (SELECT p.id FROM pipelines p WHERE p.name = ${query.pipeline})`);
  if (query.stage) walk.look(sql`t.stage_id IN (SELECT s.id FROM stages s WHERE s.name = ${query.stage})`);
  if (query.open) walk.look(sql`t.open = ${query.open === 'true'}`);
  if (query.q) {
    const like = anywhere(query.q);
    walk.look(sql`(t.number::text = ${query.q} OR t.name ILIKE ${like} COLLATE "und-x-icu" OR EXISTS (
      SELECT FROM contacts c WHERE c.id = t.contact_id AND concat_ws(' ', c.name, c.phone) ILIKE ${like} COLLATE "und-x-icu"))`);
  }
  return walk.page(db, query.limit, query.cursor);
}

/** The deals of these ids, in their order; unknown ids are left out. */
export function gatherDeals(db: EntityManager, ids: string[]): Promise<Deal[]> {
  return rowsOf<Deal>(
    db,
    `SELECT d.id, d.number::float8 AS number, d.name, json_build_object('id', c.id, 'name', c.name) AS contact, p.name AS pipeline, s.name AS stage,
            d.open, CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS responsible, d.tags, d.fields,
            d.created_at AS "createdAt", d.updated_at AS "updatedAt", d.closed_at AS "closedAt"
     FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, place)
     JOIN deals d ON d.id = wanted.id
     JOIN contacts c ON c.id = d.contact_id
     JOIN pipelines p ON p.id = d.pipeline_id
     JOIN stages s ON s.id = d.stage_id
     LEFT JOIN users u ON u.id = d.responsible_id
     ORDER BY wanted.place`,
    [ids],
  );
}
