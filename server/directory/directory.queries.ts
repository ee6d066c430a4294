import type { EntityManager } from 'typeorm';
import type { Directory } from '../../api/rule-sets.js';
import { rowsOf } from '../sql/rows.js';

/** The names that an account has: what forms choose from and what the checks of a graph compare with. Bounded by what people make by hand. */
export async function gatherDirectory(db: EntityManager): Promise<Directory> {
  const channels = await rowsOf<Directory['channels'][number]>(
    db,
    `SELECT id, name, kind, surface, account FROM channels ORDER BY created_at, id LIMIT 1000`,
  );
  const pipelines = await rowsOf<Directory['pipelines'][number]>(
    db,
    `SELECT p.name, (SELECT coalesce(json_agg(json_build_object('name', s.name, 'open', s.open) ORDER BY s.position), '[]')
                     FROM stages s WHERE s.pipeline_id = p.id) AS stages
     FROM pipelines p ORDER BY p.position, p.id`,
  );
  const users = await rowsOf<Directory['users'][number]>(db, `SELECT id, name FROM users WHERE active ORDER BY name, id LIMIT 1000`);
  const ruleSets = await rowsOf<Directory['ruleSets'][number]>(db, `SELECT name FROM rule_sets ORDER BY priority, id LIMIT 1000`);
  const crmConnections = await rowsOf<Directory['crmConnections'][number]>(
    db,
    `SELECT id, name FROM crm_connections ORDER BY name, id LIMIT 1000`,
  );
  return { channels, pipelines, users, ruleSets, crmConnections };
}
