import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Settled, SettleWaiting } from '../../api/publishing.js';
import { type GraphNode, nodeTypes, type RuleGraph } from '../../rules/index.js';
import type { Caller } from '../auth/caller.js';
import { readMemories, writeMemories } from '../messaging/rule-memory.js';
import { rowsOf } from '../sql/rows.js';
import { settleRuns } from './settle-runs.js';
import { gatherVersionGraphs } from './waiting.queries.js';

/** What was just published. */
interface Publication {
  ruleSetId: string;
  name: string;
  version: number;
  graph: RuleGraph;
}

/**
 * Does with those who wait what the publisher chose, in the transaction that publishes. Conversations are locked in order of id, as a batch of the path does,
 * so that no run goes on between. Whoever is handed over needs an answer of people from now on, and a note in the conversation says why.
 * @returns how many runs went where, and the conversations that people have now
 */
export async function settleWaiting(
  db: EntityManager,
  caller: Caller,
  publication: Publication,
  choices: readonly SettleWaiting[],
): Promise<{ settled: Settled; handedOver: string[] }> {
  const settled: Settled = { moved: 0, handedOver: 0, stayed: 0 };
  const wanted = choices.filter(({ choice }) => choice !== 'finish');
  if (wanted.length === 0) return { settled, handedOver: [] };
  const { ruleSetId, version, graph } = publication;
  const versions = await gatherVersionGraphs(db, ruleSetId, [...new Set(wanted.map((one) => one.version))]);
  const chosen = new Map(wanted.map((one) => [`${one.version} ${one.node}`, one.choice]));
  const settlement = {
    ruleSet: ruleSetId,
    to: version,
    choiceOf: (from: number, node: string) => chosen.get(`${from} ${node}`),
    canMove: (from: number, node: string) => {
      const was = nodeOf(versions.get(from), node);
      return was !== undefined && was.type === nodeOf(graph, node)?.type;
    },
  };
  const waiting = await lockWaiting(db, ruleSetId, wanted);
  const memories = await readMemories(
    db,
    waiting.map(({ id }) => id),
  );
  const changed: Parameters<typeof writeMemories>[3][number][] = [];
  const handed: { conversation: Locked; nodes: { version: number; node: string }[] }[] = [];
  for (const conversation of waiting) {
    const memory = memories.get(conversation.id);
    if (!memory) continue;
    const runs = settleRuns(memory.waiting, settlement);
    settled.moved += runs.moved;
    settled.stayed += runs.stayed;
    settled.handedOver += runs.handedOver.length;
    if (runs.moved + runs.handedOver.length === 0) continue;
    const { silences, outbound } = memory;
    const left = {
      ...(runs.waiting.length > 0 && { waiting: runs.waiting }),
      ...(silences.length > 0 && { silences }),
      ...(outbound && { outbound }),
    };
    changed.push({ subject: conversation.id, conversationId: conversation.id, memory: left });
    if (runs.handedOver.length > 0) handed.push({ conversation, nodes: runs.handedOver });
  }
  // Memories name rule sets by id, and nothing is looked up by name here.
  await writeMemories(db, caller.accountId, [], changed);
  for (const { conversation, nodes } of handed) {
    const steps = [...new Set(nodes.map(({ version: from, node }) => titleOf(nodeOf(versions.get(from), node), caller.language) ?? node))];
    await handOver(db, caller, conversation, noteOf(publication, steps, caller.language));
  }
  return { settled, handedOver: handed.map(({ conversation }) => conversation.id) };
}

interface Locked {
  id: string;
  contactId: string;
}

async function lockWaiting(db: EntityManager, ruleSetId: string, wanted: readonly SettleWaiting[]): Promise<Locked[]> {
  return rowsOf<Locked>(
    db,
    `SELECT v.id, v.contact_id AS "contactId" FROM conversations v WHERE v.id IN (
       SELECT m.conversation_id FROM conversation_memories m CROSS JOIN LATERAL jsonb_array_elements(m.waiting) run
         CROSS JOIN LATERAL jsonb_array_elements(run -> 'waits') wait
         JOIN unnest($2::int[], $3::text[]) AS chosen (version, node) ON chosen.version = (run ->> 'version')::int AND chosen.node = wait ->> 'node'
       WHERE run ->> 'ruleSet' = $1)
     ORDER BY v.id FOR UPDATE`,
    [ruleSetId, wanted.map(({ version }) => version), wanted.map(({ node }) => node)],
  );
}

async function handOver(db: EntityManager, caller: Caller, { id, contactId }: Locked, text: string): Promise<void> {
  await db.query(`UPDATE conversations SET needs_answer = true WHERE id = $1 AND status = 'open'`, [id]);
  await db.query(`INSERT INTO notes (id, account_id, contact_id, conversation_id, text, author_id) VALUES ($1, $2, $3, $4, $5, $6)`, [
    uuid(),
    caller.accountId,
    contactId,
    id,
    text,
    caller.userId,
  ]);
}

function noteOf({ name, version }: Publication, steps: readonly string[], language: Caller['language']): string {
  const quoted = steps.map((step) => (language === 'ru' ? `«${step}»` : `“${step}”`)).join(', ');
  return language === 'ru'
    ? `Правила «${name}» больше не ждут в шаге ${quoted}: опубликована версия ${version}, разговор передан людям.`
    : `The rules “${name}” no longer wait in the step ${quoted}: version ${version} was published, the conversation was handed to people.`;
}

function nodeOf(graph: RuleGraph | undefined, id: string): GraphNode | undefined {
  return graph?.nodes.find((node) => node.id === id);
}

function titleOf(node: GraphNode | undefined, language: Caller['language']): string | undefined {
  return node && (node.title ?? nodeTypes.get(node.type)?.title[language]);
}
