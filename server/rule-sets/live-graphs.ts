import type { EntityManager } from 'typeorm';
import { nodeTypes, readGraph, type RuleGraph } from '../../rules/index.js';
import { rowsOf } from '../sql/rows.js';

/** The rule sets that run beside one, in order of priority, as they are live. */
export interface LiveGraphs {
  before: RuleGraph[];
  after: RuleGraph[];
}

/** Reads the live versions of all other rule sets that are switched on; a version that this release cannot read is left out. */
export async function gatherLiveGraphs(db: EntityManager, id: string): Promise<LiveGraphs> {
  const rows = await rowsOf<{ name: string; graph: unknown; isBefore: boolean }>(
    db,
    `SELECT s.name, v.graph, (s.priority, s.name) < (mine.priority, mine.name) AS "isBefore"
     FROM rule_sets s JOIN rule_set_versions v ON v.rule_set_id = s.id AND v.version = s.published_version, rule_sets mine
     WHERE mine.id = $1 AND s.id <> mine.id AND s.enabled ORDER BY s.priority, s.name`,
    [id],
  );
  const graphs = rows.flatMap(({ name, graph, isBefore }) => {
    const read = readGraph(graph, nodeTypes);
    return read.graph ? [{ graph: { ...read.graph, name }, isBefore }] : [];
  });
  return {
    before: graphs.filter(({ isBefore }) => isBefore).map(({ graph }) => graph),
    after: graphs.filter(({ isBefore }) => !isBefore).map(({ graph }) => graph),
  };
}
