import type { Clock } from './clock.js';
import type { Update, UpdateQueue } from './update-queue.js';

export interface Webhook {
  url: string;
  secret?: string;
  maxConnections: number;
}

interface Waiting {
  /** Failures in a row of the update at the head. */
  failures: number;
  until: number;
}

/**
 * Hands the updates of one bot to its webhook: those of a chat one after another, the next only when the one before was taken; different chats side by
 * side. Resends at once, then after 2, 4, 8 … 120 s or what Retry-After says, until the 24 hours are over.
 */
export class WebhookWorker {
  private webhook: Webhook | undefined;
  private busy = new Set<number>();
  private chats = new Map<number, Waiting>();
  private goneSince: number | undefined;
  private repliesToLose = 0;
  private idleWaiters: (() => void)[] = [];
  lastError: { at: number; message: string } | undefined;
  /** Every attempt, for tests. */
  readonly attempts: { updateId: number; at: number; outcome: string }[] = [];

  constructor(
    private readonly queue: UpdateQueue,
    private readonly clock: Clock,
  ) {
    queue.onNews(() => this.work());
  }

  get current(): Webhook | undefined {
    return this.webhook;
  }

  set(webhook: Webhook | undefined): void {
    this.webhook = webhook;
    this.chats.clear();
    this.goneSince = undefined;
    if (webhook) this.lastError = undefined;
    this.work();
  }

  /** The next answers get lost on their way back: the hook has taken the update and gets it again. */
  loseReplies(times: number): void {
    this.repliesToLose += times;
  }

  /** Resolves when no call is under way; updates may still wait for their time. */
  idle(): Promise<void> {
    return this.busy.size === 0 ? Promise.resolve() : new Promise((resolve) => this.idleWaiters.push(resolve));
  }

  private work(): void {
    const { webhook } = this;
    if (!webhook) return;
    const seen = new Set<number>();
    for (const { update, chat } of this.queue.list()) {
      if (seen.has(chat)) continue;
      seen.add(chat);
      if (this.busy.size >= webhook.maxConnections) return;
      if (this.busy.has(chat) || (this.chats.get(chat)?.until ?? 0) > this.clock.now()) continue;
      this.busy.add(chat);
      void this.attempt(webhook, update, chat);
    }
  }

  private async attempt(webhook: Webhook, update: Update, chat: number): Promise<void> {
    const outcome = await this.call(webhook, update);
    this.attempts.push({ updateId: update.update_id, at: this.clock.now(), outcome: outcome.text });
    this.busy.delete(chat);
    if (this.webhook === webhook) this.settle(update, chat, outcome);
    this.work();
    if (this.busy.size === 0) for (const resolve of this.idleWaiters.splice(0)) resolve();
  }

  private settle(update: Update, chat: number, outcome: Outcome): void {
    if (outcome.taken) {
      this.queue.remove(update.update_id);
      this.chats.delete(chat);
      this.goneSince = undefined;
      return;
    }
    const now = this.clock.now();
    this.lastError = { at: now, message: outcome.text };
    this.goneSince = outcome.gone ? (this.goneSince ?? now) : undefined;
    if (this.goneSince !== undefined && now - this.goneSince >= 23 * 3_600_000) {
      this.webhook = undefined;
      return;
    }
    const failures = (this.chats.get(chat)?.failures ?? 0) + 1;
    // The real cap is drawn between 60 and 120 s; its upper end is the one that can break a receiver's assumptions.
    const delayMs = outcome.retryAfterMs ?? (failures === 1 ? 0 : Math.min(2 ** (failures - 1), 120) * 1000);
    this.chats.set(chat, { failures, until: now + delayMs });
    if (delayMs > 0) this.clock.after(delayMs, () => this.work());
  }

  private async call(webhook: Webhook, update: Update): Promise<Outcome> {
    const deadline = new AbortController();
    const cancel = this.clock.after(60_000, () => deadline.abort());
    try {
      const answer = await fetch(webhook.url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'accept-encoding': 'gzip, deflate',
          ...(webhook.secret !== undefined && { 'x-telegram-bot-api-secret-token': webhook.secret }),
        },
        body: JSON.stringify(update),
        signal: deadline.signal,
      });
      await answer.arrayBuffer();
      if (this.repliesToLose > 0) {
        this.repliesToLose--;
        return { taken: false, text: 'Connection reset by peer' };
      }
      if (answer.status >= 200 && answer.status < 300) return { taken: true, text: `${answer.status}` };
      const text = `Wrong response from the webhook: ${answer.status} ${answer.statusText}`;
      const retryAfter = answer.headers.get('retry-after');
      return {
        taken: false,
        text,
        gone: answer.status === 410,
        ...(retryAfter !== null && /^\d+$/.test(retryAfter) && { retryAfterMs: Math.min(Number(retryAfter), 3600) * 1000 }),
      };
    } catch (error) {
      return { taken: false, text: error instanceof Error && error.name === 'AbortError' ? 'Read timeout expired' : 'Connection failed' };
    } finally {
      cancel();
    }
  }
}

interface Outcome {
  taken: boolean;
  text: string;
  gone?: boolean;
  retryAfterMs?: number;
}
