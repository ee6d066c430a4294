import { z } from 'zod';
import type { OutgoingCalls } from '../channel-connector.js';
import { ConnectorError } from '../connector-error.js';
import { callTelegram, toExactJson } from './telegram.client.js';
import type { TelegramChannel } from './telegram.settings.js';

/** What we ask Telegram for; everything else would be stored only to be ignored. */
export const allowedUpdates = ['message', 'edited_message', 'my_chat_member'];

/** The server cuts longer waits to 50 s itself. */
const longestWaitSeconds = 50;
const weekMs = 7 * 86_400_000;

const updates = z.array(z.looseObject({ update_id: z.int() }));

/**
 * One long poll. Asking with an offset confirms every earlier update, so the cursor (`OFFSET@MS`, when the last update came) must be stored only after
 * the bodies of its call were. After a week without updates Telegram may count from a new random number, so an old offset is not sent: what comes
 * then is at worst a repeat. Throws `ConnectorError`.
 */
export async function pollTelegram(
  channel: TelegramChannel,
  cursor: string | null,
  waitMs: number,
  calls: OutgoingCalls,
  signal: AbortSignal,
): Promise<{ bodies: Buffer[]; cursor: string | null }> {
  const now = Date.now();
  const offset = offsetOf(cursor, now);
  const timeout = Math.min(Math.max(Math.floor(waitMs / 1000), 0), longestWaitSeconds);
  const answer = await callTelegram(channel, calls, {
    method: 'getUpdates',
    params: { timeout, limit: 100, allowed_updates: allowedUpdates, ...(offset !== undefined && { offset }) },
    repeatable: true,
    timeoutMs: timeout * 1000 + 10_000,
    signal,
  });
  const read = updates.safeParse(answer.result);
  const exact = answer.exact();
  if (!read.success || !Array.isArray(exact)) {
    throw new ConnectorError('unreachable', 'Telegram ответил не по документации / An undocumented answer of Telegram (getUpdates)');
  }
  const last = Math.max(...read.data.map((update) => update.update_id));
  return { bodies: exact.map(toExactJson), cursor: read.data.length > 0 ? `${last + 1}@${now}` : cursor };
}

function offsetOf(cursor: string | null, now: number): number | undefined {
  const found = cursor === null ? null : /^(\d+)(?:@(\d+))?$/.exec(cursor);
  if (!found) return undefined;
  const heardAt = found[2] === undefined ? now : Number(found[2]);
  return now - heardAt < weekMs ? Number(found[1]) : undefined;
}
