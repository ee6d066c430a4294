import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { type Columns, insertRows } from '../../db/insert-rows.js';
import { rowsOf } from '../../sql/rows.js';
import { compareLine, type LineSide } from './compare-line.js';

const textShown = 300;

/** A line of the ledger, as far as it is known: the other side of a timer may come later, or may have come before. */
export interface NewLine {
  /** The event's id, or the timer's. */
  key: string;
  /** What the client wrote. */
  text: string;
  live: LineSide | null;
  shadow: LineSide | null;
  wouldCall: boolean;
}

interface KnownLine {
  key: string;
  text: string;
  live: LineSide | null;
  shadow: LineSide | null;
  wouldCall: boolean;
  follows: boolean;
}

/**
 * Compares lines and writes them into a shadow's ledger; a line whose other side is there already is compared with that.
 * @param about the conversation, or the account (`conversationId` null) for what schedules began; `subject` is whichever it is
 * @param parted whether the conversation had come to something else before
 * @returns whether it has by now
 */
export async function writeLines(
  db: EntityManager,
  { accountId, shadowId, conversationId, subject }: { accountId: string; shadowId: string; conversationId: string | null; subject: string },
  parted: boolean,
  lines: readonly NewLine[],
): Promise<boolean> {
  const known = await gatherHalves(db, shadowId, subject, lines);
  let isParted = parted;
  const rows = lines.map((line) => {
    const before = known.get(line.key);
    const live = line.live ?? before?.live ?? null;
    const shadow = line.shadow ?? before?.shadow ?? null;
    const { cause, sameOutcome, changes, effects } = compareLine(live, shadow);
    const follows = before?.follows ?? isParted;
    // Each instant of a schedule stands for itself: nothing follows from the one before.
    isParted ||= conversationId !== null && !sameOutcome;
    const event = (live ?? shadow)?.event;
    return {
      id: uuid(),
      shadow_id: shadowId,
      account_id: accountId,
      conversation_id: conversationId,
      event_key: line.key,
      event_type: event?.type,
      at: event?.at,
      text: (line.text || before?.text || '').slice(0, textShown),
      cause,
      same_outcome: sameOutcome,
      follows,
      changes,
      effects_same: effects.same,
      effects_other: effects.other,
      effects_live: effects.live,
      effects_shadow: effects.shadow,
      would_call: line.wouldCall || before?.wouldCall === true,
      live: cause && live,
      shadow: cause && shadow,
    };
  });
  await insertRows(db, 'shadow_lines', columns, rows, onConflict);
  return isParted;
}

/** Lines of timers and schedules of which one side came before. */
async function gatherHalves(
  db: EntityManager,
  shadowId: string,
  subject: string,
  lines: readonly NewLine[],
): Promise<Map<string, KnownLine>> {
  const halves = lines.filter(({ live, shadow }) => !live || !shadow).map(({ key }) => key);
  if (halves.length === 0) return new Map();
  const rows = await rowsOf<KnownLine>(
    db,
    `SELECT event_key AS key, text, live, shadow, would_call AS "wouldCall", follows FROM shadow_lines
     WHERE shadow_id = $1 AND subject = $2 AND event_key = ANY ($3)`,
    [shadowId, subject, halves],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

const columns: Columns = {
  id: 'uuid',
  shadow_id: 'uuid',
  account_id: 'uuid',
  conversation_id: 'uuid',
  event_key: 'text',
  event_type: 'text',
  at: 'timestamptz',
  text: 'text',
  cause: 'json',
  same_outcome: 'boolean',
  follows: 'boolean',
  changes: 'texts',
  effects_same: 'integer',
  effects_other: 'integer',
  effects_live: 'integer',
  effects_shadow: 'integer',
  would_call: 'boolean',
  live: 'json',
  shadow: 'json',
};

const changing = Object.keys(columns).filter((name) => !['id', 'shadow_id', 'account_id', 'conversation_id', 'event_key'].includes(name));
const onConflict = `ON CONFLICT (shadow_id, subject, event_key) DO UPDATE SET ${changing.map((name) => `${name} = excluded.${name}`).join(', ')}`;
