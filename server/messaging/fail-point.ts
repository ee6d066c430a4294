import { readFileSync, renameSync, rmSync } from 'node:fs';
import { Logger } from '@nestjs/common';

/** The places of the path where the kill tests break it; `before` and `after` stand around a write. */
export const failPoints = [
  'receive.store',
  'ingest.flush-contacts',
  'ingest.flush-conversations',
  'ingest.flush-messages',
  'ingest.flush-runs',
  'ingest.flush-effects',
  'ingest.flush-outbox',
  'ingest.mark-done',
  'ingest.commit',
  'deliver.claim',
  'deliver.send',
  'deliver.record',
] as const;
export type FailPoint = (typeof failPoints)[number];

/** `kill` ends this process at once as a power cut would; `throw` fails the step; `lost-answer` does the write and then reports that it failed. */
type Action = 'kill' | 'throw' | 'lost-answer';

interface Armed {
  point: string;
  side: 'before' | 'after';
  action: Action;
  /** Strikes at the n-th pass. */
  countdown: number;
}

/** The first one is armed; the next is when it has struck. */
let queue: Armed[] = [];

/** With `@FILE`: there for as long as one of those that the file told has not struck. */
let source: string | undefined;

/**
 * Arms places of this process, one after the other: `ingest.commit:before:kill`, `...:kill:3` for the third pass, several divided by commas.
 * `@FILE`: nothing yet; each SIGUSR2 arms what the file says then. The file is `FILE.armed` from then on, and gone when the last one has struck.
 * Absent in every real installation. Throws for a name that is none.
 */
export function armFailPoint(text: string | undefined): void {
  if (text?.startsWith('@')) {
    const file = text.slice(1);
    source = `${file}.armed`;
    process.on('SIGUSR2', () => {
      armFailPoint(readFileSync(file, 'utf8'));
      renameSync(file, `${file}.armed`);
    });
    return;
  }
  queue = (text ?? '').split(',').filter(Boolean).map(parse);
  if (queue.length > 0) new Logger('fail-point').warn(`armed: ${text}`);
}

function parse(text: string): Armed {
  const [point = '', side = '', action = '', count = '1'] = text.split(':');
  const isKnown =
    (failPoints as readonly string[]).includes(point) &&
    ['before', 'after'].includes(side) &&
    ['kill', 'throw', 'lost-answer'].includes(action);
  if (!isKnown) throw new Error(`RAZVILKA_FAIL_POINT: no such fail point as ${text}`);
  return { point, side: side as Armed['side'], action: action as Action, countdown: Number(count) };
}

/** Does a write between its two fail points. */
export async function withFailPoint<T>(point: FailPoint, write: () => Promise<T>): Promise<T> {
  if (queue[0]?.point !== point) return write();
  strike(point, 'before');
  const result = await write();
  strike(point, 'after');
  return result;
}

function strike(point: FailPoint, side: 'before' | 'after'): void {
  const [armed] = queue;
  if (armed?.point !== point || armed.side !== side || --armed.countdown > 0) return;
  queue.shift();
  if (source && queue.length === 0) rmSync(source, { force: true });
  if (armed.action === 'kill') process.kill(process.pid, 'SIGKILL');
  throw new Error(`fail point ${point}: ${armed.action === 'lost-answer' ? 'the answer was lost' : 'failed on purpose'}`);
}
