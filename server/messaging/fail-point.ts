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

let armed: { point: string; side: 'before' | 'after'; action: Action; countdown: number } | undefined;

/** Arms one place of this process, `ingest.commit:before:kill` or `...:kill:3` for the third time; absent in every real installation. */
export function armFailPoint(text: string | undefined): void {
  if (!text) return void (armed = undefined);
  const [point = '', side = '', action = '', count = '1'] = text.split(':');
  if (
    !(failPoints as readonly string[]).includes(point) ||
    !['before', 'after'].includes(side) ||
    !['kill', 'throw', 'lost-answer'].includes(action)
  ) {
    throw new Error(`RAZVILKA_FAIL_POINT: no such fail point as ${text}`);
  }
  armed = { point, side: side as 'before' | 'after', action: action as Action, countdown: Number(count) };
  new Logger('fail-point').warn(`armed: ${text}`);
}

/** Does a write between its two fail points. */
export async function withFailPoint<T>(point: FailPoint, write: () => Promise<T>): Promise<T> {
  if (!armed || armed.point !== point) return write();
  strike('before');
  const result = await write();
  strike('after');
  return result;
}

function strike(side: 'before' | 'after'): void {
  if (armed?.side !== side || --armed.countdown > 0) return;
  const { action, point } = armed;
  armed = undefined;
  if (action === 'kill') process.kill(process.pid, 'SIGKILL');
  throw new Error(`fail point ${point}: ${action === 'lost-answer' ? 'the answer was lost' : 'failed on purpose'}`);
}
