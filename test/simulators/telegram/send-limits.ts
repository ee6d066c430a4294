import { tooManyRequests } from './bot-api-error.js';
import type { Clock } from './clock.js';

/**
 * How much a bot may send: 1 a second in a chat with a burst, 30 in any second, 20 in any minute of a group. Who went over is refused until the time that he
 * was told is up, however the counters stand by then.
 */
export class SendLimits {
  private buckets = new Map<string, { tokens: number; at: number }>();
  private windows = new Map<string, number[]>();
  private refusedUntil = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly chatBurst: number,
  ) {}

  /** Throws a 429 and counts nothing, or counts one message everywhere. */
  take(bot: number, chat: number): void {
    const key = `${bot}:${chat}`;
    const isGroup = chat < 0;
    this.assertAllowed(`${bot}`, this.windowWait(`${bot}`, 30, 1000));
    this.assertAllowed(key, this.bucketWait(key));
    if (isGroup) this.assertAllowed(`${key}:minute`, this.windowWait(`${key}:minute`, 20, 60_000));

    const now = this.clock.now();
    const bucket = this.bucket(key);
    this.buckets.set(key, { tokens: bucket.tokens - 1, at: now });
    for (const name of isGroup ? [`${bot}`, `${key}:minute`] : [`${bot}`]) this.windows.set(name, [...(this.windows.get(name) ?? []), now]);
  }

  private assertAllowed(key: string, waitMs: number): void {
    const now = this.clock.now();
    const until = this.refusedUntil.get(key) ?? 0;
    if (until > now) throw tooManyRequests(Math.ceil((until - now) / 1000));
    if (waitMs <= 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    this.refusedUntil.set(key, now + seconds * 1000);
    throw tooManyRequests(seconds);
  }

  private bucket(key: string): { tokens: number; at: number } {
    const now = this.clock.now();
    const { tokens, at } = this.buckets.get(key) ?? { tokens: this.chatBurst, at: now };
    return { tokens: Math.min(this.chatBurst, tokens + (now - at) / 1000), at: now };
  }

  private bucketWait(key: string): number {
    return (1 - this.bucket(key).tokens) * 1000;
  }

  private windowWait(key: string, limit: number, lengthMs: number): number {
    const now = this.clock.now();
    const within = (this.windows.get(key) ?? []).filter((at) => at > now - lengthMs);
    this.windows.set(key, within);
    const oldest = within[within.length - limit];
    return oldest === undefined ? 0 : oldest + lengthMs - now;
  }
}
