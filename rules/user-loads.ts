import type { RuleEvent } from './event.js';

/** How many open deals each user is responsible for, as the events and the rules' own decisions show it. */
export class UserLoads {
  private readonly responsible = new Map<string, string>();
  private readonly open = new Map<string, number>();

  /** Begins with open deals that were counted elsewhere; which deals they are is not known. */
  restore(counts: Readonly<Record<string, number>>): void {
    for (const [user, open] of Object.entries(counts)) this.open.set(user, open);
  }

  /** Takes in what an event shows of its deal. */
  see({ deal, contact }: RuleEvent): void {
    if (!deal) return;
    const key = deal.id ?? contact?.id;
    if (key === undefined) return;
    if (deal.open === false) this.put(key, undefined);
    else if (deal.responsible !== undefined) this.put(key, deal.responsible);
  }

  /** An open deal (without one, its contact) got a responsible user. */
  assign(key: string, user: string): void {
    this.put(key, user);
  }

  /** Open deals by user. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.open);
  }

  private put(key: string, user: string | undefined): void {
    const before = this.responsible.get(key);
    if (before === user) return;
    if (before !== undefined) this.open.set(before, (this.open.get(before) ?? 1) - 1);
    if (user === undefined) this.responsible.delete(key);
    else {
      this.responsible.set(key, user);
      this.open.set(user, (this.open.get(user) ?? 0) + 1);
    }
  }
}
