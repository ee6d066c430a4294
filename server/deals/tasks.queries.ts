import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Task, taskPage, tasksQuery } from '../../api/crm.js';
import { parseCursor, toCursor, type Place } from '../sql/cursor.js';
import { rowsOf } from '../sql/rows.js';

type Query = z.infer<typeof tasksQuery>;
type Part = 'open' | 'done';

/**
 * One page of tasks: open ones by due time, the most urgent first, then done ones, the latest first. The cursor's place is in one of the two parts,
 * which its first letter tells.
 * @param userId whose tasks `mine` means; null (a token) has none
 */
export async function gatherTasks(db: EntityManager, query: Query, userId: string | null): Promise<z.infer<typeof taskPage>> {
  const part = partOf(query);
  const from = parseCursor(query.cursor?.slice(1));
  const rows = await gatherPart(db, part, query, userId, from, query.limit + 1);
  if (rows.length > query.limit) return page(rows.slice(0, query.limit), part);
  if (part === 'done' || query.open === 'true') return page(rows, undefined);
  const left = query.limit - rows.length;
  const done = await gatherPart(db, 'done', query, userId, undefined, left + 1);
  if (done.length <= left) return page([...rows, ...done], undefined);
  // A page may end between the two parts; the next then begins with the done ones.
  if (left === 0) return { items: rows, nextCursor: startOfDone };
  return page([...rows, ...done.slice(0, left)], 'done');
}

type Row = Task & { place: string };

/** After every instant, so that nothing has been passed yet. */
const startOfDone = `d${toCursor({ at: '9999-12-31 23:59:59+00', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' })}`;

function partOf({ cursor, open }: Query): Part {
  if (cursor !== undefined) return cursor.startsWith('d') ? 'done' : 'open';
  return open === 'false' ? 'done' : 'open';
}

function page(rows: Row[], part: Part | undefined): z.infer<typeof taskPage> {
  const last = rows.at(-1);
  return { items: rows, nextCursor: part && last ? `${part[0]}${toCursor({ at: last.place, id: last.id })}` : null };
}

function gatherPart(
  db: EntityManager,
  part: Part,
  query: Query,
  userId: string | null,
  from: Place | undefined,
  rows: number,
): Promise<Row[]> {
  const values: unknown[] = [];
  const put = (value: unknown) => `$${values.push(value)}`;
  const sorted = part === 'open' ? 't.due_at' : 't.done_at';
  const conditions = [`t.done_at IS ${part === 'open' ? '' : 'NOT '}NULL`];
  if (query.deal) conditions.push(`t.deal_id = ${put(query.deal)}`);
  if (query.contact) conditions.push(`t.contact_id = ${put(query.contact)}`);
  if (query.mine === 'true') conditions.push(`t.assignee_id = ${put(userId)}`);
  if (query.mine === 'false') conditions.push(`t.assignee_id IS DISTINCT FROM ${put(userId)}`);
  const direction = part === 'open' ? '' : 'DESC';
  if (from) conditions.push(`(${sorted}, t.id) ${part === 'open' ? '>' : '<'} (${put(from.at)}::timestamptz, ${put(from.id)}::uuid)`);
  return rowsOf<Row>(
    db,
    `SELECT ${sorted}::text AS place, ${columns} WHERE ${conditions.join(' AND ')} ORDER BY ${sorted} ${direction}, t.id ${direction} LIMIT ${rows}`,
    values,
  );
}

const columns = `
  t.id, t.text, t.mode, t.due_at AS "dueAt", t.created_at AS "createdAt", t.done_at AS "doneAt",
         CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS assignee,
         json_build_object('id', c.id, 'name', c.name) AS contact, t.deal_id AS "dealId", t.conversation_id AS "conversationId"
  FROM tasks t JOIN contacts c ON c.id = t.contact_id LEFT JOIN users u ON u.id = t.assignee_id`;
