import type { Clock } from './clock.js';

export interface Update {
  update_id: number;
  [type: string]: unknown;
}

interface Kept {
  update: Update;
  /** Updates of one chat go one after another. */
  chat: number;
  at: number;
}

const keptMs = 24 * 3_600_000;
/** What is given without being asked for; the others need to stand in allowed_updates. */
const leftOutByDefault = ['chat_member', 'message_reaction', 'message_reaction_count'];

/** What waits for one bot. Updates are kept for 24 hours. */
export class UpdateQueue {
  private kept: Kept[] = [];
  private lastId: number;
  private allowed: string[] | undefined;
  private listeners = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    firstId: number,
  ) {
    this.lastId = firstId - 1;
  }

  push(type: string, value: unknown, chat: number): void {
    if (this.allowed?.length ? !this.allowed.includes(type) : leftOutByDefault.includes(type)) return;
    this.kept.push({ update: { update_id: ++this.lastId, [type]: value }, chat, at: this.clock.now() });
    for (const listener of this.listeners) listener();
  }

  /** Gives the way to stop hearing. */
  onNews(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Empty asks for the default set; it lasts until it is changed. */
  allow(types: string[] | undefined): void {
    if (types) this.allowed = types;
  }

  get allowedUpdates(): string[] | undefined {
    return this.allowed?.length ? this.allowed : undefined;
  }

  /** Forgets what was confirmed: everything before the offset; a negative one counts from the end. */
  confirm(offset: number): void {
    this.kept = offset < 0 ? this.kept.slice(offset) : this.kept.filter(({ update }) => update.update_id >= offset);
  }

  remove(id: number): void {
    this.kept = this.kept.filter(({ update }) => update.update_id !== id);
  }

  clear(): void {
    this.kept = [];
  }

  /** In order; what is older than 24 hours is gone. */
  list(): Kept[] {
    const oldest = this.clock.now() - keptMs;
    this.kept = this.kept.filter(({ at }) => at > oldest);
    return this.kept;
  }
}
