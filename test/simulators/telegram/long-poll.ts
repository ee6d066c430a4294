import { BotApiError } from './bot-api-error.js';
import type { Clock } from './clock.js';
import type { Update, UpdateQueue } from './update-queue.js';

export interface PollRequest {
  offset?: number;
  limit?: number;
  /** Seconds. */
  timeout?: number;
}

const longestSeconds = 50;

/** getUpdates of one bot: one call at a time, a later one ends the earlier. */
export class LongPoll {
  private end: ((error: BotApiError) => void) | undefined;

  constructor(
    private readonly queue: UpdateQueue,
    private readonly clock: Clock,
  ) {}

  fetch({ offset, limit = 100, timeout = 0 }: PollRequest, signal: AbortSignal): Promise<Update[]> {
    this.terminate('terminated by other getUpdates request; make sure that only one bot instance is running');
    if (offset) this.queue.confirm(offset);
    const news = () => this.queue.list().slice(0, Math.min(Math.max(limit, 1), 100));
    const ready = news();
    const waitMs = Math.min(Math.max(timeout, 0), longestSeconds) * 1000;
    if (ready.length > 0 || waitMs === 0) return Promise.resolve(ready.map(({ update }) => update));
    return new Promise((give, refuse) => {
      const finish = (act: () => void) => {
        unhear();
        cancel();
        if (this.end === end) this.end = undefined;
        act();
      };
      const answer = () => finish(() => give(news().map(({ update }) => update)));
      const end = (error: BotApiError) => finish(() => refuse(error));
      const unhear = this.queue.onNews(answer);
      const cancel = this.clock.after(waitMs, answer);
      this.end = end;
      signal.addEventListener('abort', answer, { once: true });
    });
  }

  /** Whether somebody waits for news. */
  get isWaiting(): boolean {
    return this.end !== undefined;
  }

  terminate(reason: string): void {
    this.end?.(new BotApiError(409, `Conflict: ${reason}`));
  }
}
