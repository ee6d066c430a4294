import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Invalid, type Place } from '../problem/problems.js';
import { rowOf } from '../sql/rows.js';

/** Instants as the database reads them; `from` is in the period, `to` is not. */
export interface Period {
  from?: string;
  to?: string;
}

/**
 * Reads a period's bounds: instants with a zone (`to` excluded) or calendar days of the account's own zone (`to` included). Throws `Invalid` for
 * anything else.
 */
export async function gatherPeriod(db: EntityManager, { from, to }: Period): Promise<Period> {
  const errors: Place[] = [];
  for (const [path, value] of Object.entries({ from, to }))
    if (value !== undefined && !isBound(value)) errors.push({ path, detail: needed });
  if (errors.length > 0) throw new Invalid(errors);
  return { from: from && (await toInstant(db, from, 0)), to: to && (await toInstant(db, to, 1)) };
}

async function toInstant(db: EntityManager, bound: string, daysLater: number): Promise<string> {
  // In UTC: JavaScript reads zones further from it than PostgreSQL does.
  if (!day.safeParse(bound).success) return new Date(bound).toISOString();
  const found = await rowOf<{ at: string }>(
    db,
    `SELECT (($1::date + $2::int)::timestamp AT TIME ZONE timezone)::text AS at FROM accounts`,
    [bound, daysLater],
  );
  return found?.at ?? bound;
}

function isBound(value: string): boolean {
  // PostgreSQL has no year 0.
  if (value.startsWith('0000') || value.startsWith('0001-01-01')) return false;
  return day.safeParse(value).success || instant.safeParse(value).success;
}

const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();
const needed = {
  ru: 'Нужен день (2026-03-02) или момент с поясом (2026-03-02T10:00:00Z)',
  en: 'A day (2026-03-02) or an instant with its zone (2026-03-02T10:00:00Z) is needed',
};
