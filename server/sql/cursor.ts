import { Invalid } from '../problem/problems.js';

/** The last row of a page: the instant that the list is sorted by, as PostgreSQL spells it (to the microsecond), and the row's id. */
export interface Place {
  at: string;
  id: string;
}

/** Packs a place for the caller, who only gives it back. */
export function toCursor({ at, id }: Place): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** Unpacks a cursor; undefined for the first page. Throws `Invalid` for anything that is not one of ours. */
export function parseCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const place = unpack(cursor);
  if (place) return place;
  throw new Invalid([{ path: 'cursor', detail: { ru: 'Не из этого списка', en: 'Not of this list' } }]);
}

function unpack(cursor: string): Place | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(parts) || parts.length !== 2) return undefined;
    const [at, id]: unknown[] = parts;
    return typeof at === 'string' && atPattern.test(at) && typeof id === 'string' && idPattern.test(id) ? { at, id } : undefined;
  } catch {
    return undefined;
  }
}

const atPattern = /^\d{4}-[01]\d-[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$/;
const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
