import type { EntityManager } from 'typeorm';
import type { Pipeline } from '../../api/pipelines.js';
import { rowsOf } from '../sql/rows.js';

/** All pipelines in order with their stages; `ids` narrows them. Deals are counted, which costs one index range a stage. */
export function gatherPipelines(db: EntityManager, ids: string[] | null = null): Promise<Pipeline[]> {
  return rowsOf<Pipeline>(
    db,
    `SELECT p.id, p.name,
            (SELECT coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'open', s.open,
                                                        'deals', (SELECT count(*) FROM deals d WHERE d.stage_id = s.id)) ORDER BY s.position), '[]')
             FROM stages s WHERE s.pipeline_id = p.id) AS stages
     FROM pipelines p WHERE $1::uuid[] IS NULL OR p.id = ANY ($1) ORDER BY p.position, p.id`,
    [ids],
  );
}
