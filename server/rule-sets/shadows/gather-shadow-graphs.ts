import type { EntityManager } from 'typeorm';
import { nodeTypes, readGraph, type RuleGraph } from '../../../rules/index.js';
import { rowOf } from '../../sql/rows.js';
import { gatherLiveGraphs } from '../live-graphs.js';
import { gatherVersionGraphs } from '../waiting.queries.js';
import type { ShadowGraphs } from './messages.js';

/** Changes with the other live rule sets, of which a step may run one. */
export async function stampOf(db: EntityManager, ruleSetId: string): Promise<string> {
  const row = await rowOf<{ stamp: string | null }>(
    db,
    `SELECT md5(string_agg(id || ' ' || name || ' ' || published_version, ',' ORDER BY id)) AS stamp FROM rule_sets WHERE enabled AND published_version IS NOT NULL AND id <> $1`,
    [ruleSetId],
  );
  return row?.stamp ?? '';
}

/**
 * The graphs that a shadow is played with.
 * @param older versions with which runs wait
 * @throws Error when this release cannot read the version
 */
export async function gatherShadowGraphs(
  db: EntityManager,
  { ruleSetId, version }: { ruleSetId: string; version: number },
  older: number[],
): Promise<ShadowGraphs> {
  const versions = await gatherVersionGraphs(db, ruleSetId, [...older, version]);
  const { before, after } = await gatherLiveGraphs(db, ruleSetId);
  const graph = readable(versions.get(version));
  if (!graph) throw new Error(`Version ${version} cannot be read`);
  return {
    ruleSet: ruleSetId,
    version,
    graph,
    older: older.flatMap((number) => {
      const found = readable(versions.get(number));
      return found ? [{ version: number, graph: found }] : [];
    }),
    others: [...before, ...after],
  };
}

/** What was stored may be of a newer server; what is compiled must have been read. */
function readable(graph: RuleGraph | undefined): RuleGraph | undefined {
  return graph && readGraph(graph, nodeTypes).graph;
}
