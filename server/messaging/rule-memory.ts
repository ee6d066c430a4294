import type { EntityManager } from 'typeorm';
import { insertRows } from '../db/insert-rows.js';
import type { HeldMessage, Memory, Silence, SuspendedRun } from '../../rules/index.js';
import type { ActiveRuleSet } from './active-rule-sets.js';
import type { ConversationState } from '../effects/scene.js';

type Kept = ConversationState['memory'];

/** A row as stored: rule sets are named by their ids there, because names change. */
export interface StoredMemory {
  subject: string;
  waiting: SuspendedRun[];
  silences: Silence[];
  outbound: { answered: boolean; held: HeldMessage[] } | null;
}

/** Turns stored memory into what the engine takes. What belongs to a rule set that is deleted or switched off is not seen: it acts no more. */
export function fromStored({ waiting, silences, outbound }: StoredMemory, ruleSets: readonly ActiveRuleSet[]): Kept {
  const named = <T extends { ruleSet: string }>(one: T): T[] => {
    const ruleSet = ruleSets.find(({ id }) => id === one.ruleSet);
    return ruleSet ? [{ ...one, ruleSet: ruleSet.name }] : [];
  };
  const [runs, quiet] = [waiting.flatMap(named), silences.flatMap(named)];
  return {
    ...(runs.length > 0 && { waiting: runs }),
    ...(quiet.length > 0 && { silences: quiet }),
    ...(outbound && { outbound: { answered: outbound.answered, held: outbound.held.flatMap(named) } }),
  };
}

function toStored({ waiting = [], silences = [], outbound }: Kept, ruleSets: readonly ActiveRuleSet[]): Omit<StoredMemory, 'subject'> {
  const byId = <T extends { ruleSet: string }>(one: T): T => ({
    ...one,
    ruleSet: ruleSets.find(({ name }) => name === one.ruleSet)?.id ?? one.ruleSet,
  });
  return {
    waiting: waiting.map(byId),
    silences: silences.map(byId),
    outbound: outbound ? { answered: outbound.answered, held: outbound.held.map(byId) } : null,
  };
}

/** The earliest instant (ms) at which something of it falls due; undefined when nothing waits. */
export function nextDueOf({ waiting, silences }: Pick<Memory, 'waiting' | 'silences'>): number | undefined {
  const dues = [...(waiting ?? []).flatMap(({ waits }) => waits.map(({ due }) => due)), ...(silences ?? []).map(({ due }) => due)];
  return dues.length > 0 ? Math.min(...dues) : undefined;
}

/** Memories of these subjects (conversations), by subject. Their conversations are locked by now, and so are they. */
export async function readMemories(db: EntityManager, subjects: readonly string[]): Promise<Map<string, StoredMemory>> {
  if (subjects.length === 0) return new Map();
  const rows: StoredMemory[] = await db.query(
    `SELECT subject, waiting, silences, outbound FROM conversation_memories WHERE subject = ANY ($1)`,
    [subjects],
  );
  return new Map(rows.map((row) => [row.subject, row]));
}

/** Writes what changed. A subject about which nothing is kept any more loses its row. */
export async function writeMemories(
  db: EntityManager,
  accountId: string,
  ruleSets: readonly ActiveRuleSet[],
  changed: readonly { subject: string; conversationId: string | null; memory: Kept }[],
): Promise<void> {
  if (changed.length === 0) return;
  const empty = changed.filter(({ memory }) => Object.keys(memory).length === 0).map(({ subject }) => subject);
  if (empty.length > 0) await db.query(`DELETE FROM conversation_memories WHERE subject = ANY ($1)`, [empty]);
  await insertRows(
    db,
    'conversation_memories',
    { subject: 'uuid', account_id: 'uuid', conversation_id: 'uuid', waiting: 'json', silences: 'json', outbound: 'json', next_due: 'timestamptz', failures: 'integer' },
    changed
      .filter(({ subject }) => !empty.includes(subject))
      .map(({ subject, conversationId, memory }) => {
        const due = nextDueOf(memory);
        return {
          subject,
          account_id: accountId,
          conversation_id: conversationId,
          ...toStored(memory, ruleSets),
          next_due: due === undefined ? null : new Date(due).toISOString(),
          failures: 0,
        };
      }),
    `ON CONFLICT (subject) DO UPDATE SET waiting = excluded.waiting, silences = excluded.silences, outbound = excluded.outbound,
       next_due = excluded.next_due, failures = 0, error = NULL`,
  ); // oxfmt-ignore
}
