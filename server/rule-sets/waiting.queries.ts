import type { EntityManager } from 'typeorm';
import type { Waiting, WaitingGroup } from '../../api/publishing.js';
import { diffGraphs, graphSchema, nodeTypes, splitPort, type RuleGraph } from '../../rules/index.js';
import { rowOf, rowsOf } from '../sql/rows.js';

/** Conversations that are named; the groups count all of them. */
const mostNamed = 200;

/** Each wait of the rule set's runs in a conversation, as a FROM list: `m` the memory, `run`, `wait`. */
const waits = `conversation_memories m CROSS JOIN LATERAL jsonb_array_elements(m.waiting) run CROSS JOIN LATERAL jsonb_array_elements(run -> 'waits') wait`;

/** Whose runs of a rule set wait, by the step in which they do, and what the draft makes of that step. Runs that no conversation started are left out. */
export async function gatherWaiting(db: EntityManager, ruleSetId: string, draft: unknown): Promise<Waiting> {
  const counted = await rowsOf<{ version: number; node: string; conversations: number }>(
    db,
    `SELECT (run ->> 'version')::int AS version, wait ->> 'node' AS node, count(DISTINCT m.conversation_id)::int AS conversations
     FROM ${waits} WHERE run ->> 'ruleSet' = $1 AND m.conversation_id IS NOT NULL AND run ? 'version' GROUP BY 1, 2 ORDER BY 1 DESC, 2`,
    [ruleSetId],
  );
  if (counted.length === 0) return { conversations: 0, groups: [], items: [], complete: true };
  const total = await rowOf<{ conversations: number }>(
    db,
    `SELECT count(DISTINCT m.conversation_id)::int AS conversations FROM ${waits} WHERE run ->> 'ruleSet' = $1 AND m.conversation_id IS NOT NULL AND run ? 'version'`,
    [ruleSetId],
  );
  const items = await rowsOf<Waiting['items'][number]>(
    db,
    `SELECT json_build_object('id', v.id, 'number', v.number, 'open', v.status = 'open') AS conversation,
            json_build_object('id', c.id, 'name', c.name) AS contact, ch.name AS channel,
            (run ->> 'version')::int AS version, wait ->> 'node' AS node, to_timestamp((wait ->> 'due')::float8 / 1000) AS due
     FROM ${waits} JOIN conversations v ON v.id = m.conversation_id JOIN contacts c ON c.id = v.contact_id JOIN channels ch ON ch.id = v.channel_id
     WHERE run ->> 'ruleSet' = $1 AND run ? 'version' ORDER BY (wait ->> 'due')::float8, v.id LIMIT $2`,
    [ruleSetId, mostNamed + 1],
  );
  const graphs = await gatherVersionGraphs(db, ruleSetId, [...new Set(counted.map(({ version }) => version))]);
  const next = graphSchema.safeParse(draft);
  return {
    conversations: total?.conversations ?? 0,
    groups: counted.map((group) => ({ ...group, ...fateOf(graphs.get(group.version), next.data, group.node) })),
    items: items.slice(0, mostNamed),
    complete: items.length <= mostNamed,
  };
}

/** The graphs of some versions of a rule set, by number; those that this release cannot read are left out. */
export async function gatherVersionGraphs(db: EntityManager, ruleSetId: string, versions: number[]): Promise<Map<number, RuleGraph>> {
  const rows = await rowsOf<{ version: number; graph: unknown }>(
    db,
    `SELECT version, graph FROM rule_set_versions WHERE rule_set_id = $1 AND version = ANY ($2)`,
    [ruleSetId, versions],
  );
  return new Map(
    rows.flatMap(({ version, graph }) => {
      const read = graphSchema.safeParse(graph);
      return read.success ? [[version, read.data] as const] : [];
    }),
  );
}

/** What becomes of a step between two graphs: it counts as changed too when other wires leave it. */
function fateOf(older: RuleGraph | undefined, newer: RuleGraph | undefined, id: string): Pick<WaitingGroup, 'title' | 'type' | 'state'> {
  const was = older?.nodes.find((node) => node.id === id);
  const is = newer?.nodes.find((node) => node.id === id);
  const names = { title: was?.title ?? null, type: was?.type ?? null };
  if (!older || !newer || !was || !is) return { ...names, state: is ? 'changed' : 'removed' };
  if (was.type !== is.type) return { ...names, state: 'retyped' };
  const { nodes, edges } = diffGraphs(older, newer, nodeTypes);
  const ports = [...edges.added, ...edges.removed, ...edges.reordered].map(({ from }) => splitPort(from)?.node);
  return { ...names, state: nodes.changed.some(({ node }) => node === id) || ports.includes(id) ? 'changed' : 'same' };
}
