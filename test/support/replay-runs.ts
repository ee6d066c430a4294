import {
  type CompiledGraph,
  type Memory,
  type RuleEvent,
  type RunCause,
  compile,
  nodeTypes,
  readGraph,
  replay,
} from '../../rules/index.js';
import type { TestDatabase } from './database.js';

interface StoredRun {
  id: string;
  rule_set_id: string;
  version: number;
  event: RuleEvent;
  memory: Memory;
  late: boolean;
  expressionsStopped: boolean;
  cause: RunCause;
  status: string;
  reason: unknown;
  error: unknown;
  trace: unknown;
}

/** Decides every stored run again, from its record alone. Gives how many there were, and those that came out otherwise. */
export async function replayRuns(database: TestDatabase): Promise<{ runs: number; differing: { stored: unknown; again: unknown }[] }> {
  const compiled = new Map<string, CompiledGraph>();
  for (const row of await database.query<{ rule_set_id: string; version: number; graph: unknown; name: string }>(
    `SELECT v.rule_set_id, v.version, v.graph, s.name FROM rule_set_versions v JOIN rule_sets s ON s.id = v.rule_set_id`,
  )) {
    const { graph } = readGraph(row.graph, nodeTypes);
    if (graph) compiled.set(`${row.rule_set_id} ${row.version}`, compile({ ...graph, name: row.name }, nodeTypes, row.version));
  }
  const runs = await database.query<StoredRun>(
    `SELECT id, rule_set_id, version, event, memory, late, expressions_stopped AS "expressionsStopped", cause, status, reason, error, trace FROM runs`,
  );
  const differing = [];
  for (const run of runs) {
    const graph = compiled.get(`${run.rule_set_id} ${run.version}`);
    if (!graph) throw new Error(`version ${run.version} of ${run.rule_set_id} is not stored`);
    const decision = await replay(graph, run);
    const effects = await database.query(`SELECT node, type, body FROM effects WHERE run_id = $1 ORDER BY effect_no`, [run.id]);
    const again = {
      status: decision.status,
      reason: decision.reason ?? null,
      error: decision.error ?? null,
      trace: decision.trace,
      effects: decision.effects.map(({ node, type, ...body }) => ({ node, type, body })),
    };
    const stored = { status: run.status, reason: run.reason, error: run.error, trace: run.trace, effects };
    // As the database keeps them: keys of JSON have no order there.
    if (sorted(again) !== sorted(stored)) differing.push({ stored, again });
  }
  return { runs: runs.length, differing };
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
