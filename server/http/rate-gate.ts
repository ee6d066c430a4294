/**
 * Lets each key through `burst` times at once and then once per `everyMs`; counted in this process's memory, so that a flood costs no database.
 * Remembers `mostKeys` keys and forgets the ones that came longest ago: a flood of new keys must not fill the memory either.
 */
export class RateGate {
  /** The instant at which a key's bucket is full again (GCRA's theoretical arrival time), least recent first. */
  private readonly fullAt = new Map<string, number>();

  constructor(
    private readonly limit: { everyMs: number; burst: number },
    private readonly clock: () => number = Date.now,
    private readonly mostKeys = 50_000,
  ) {}

  /** 0 when the key goes through now, which is counted; else how long it has to wait, in ms, and nothing is counted. */
  take(key: string): number {
    const now = this.clock();
    const fullAt = Math.max(this.fullAt.get(key) ?? now, now);
    const waitMs = fullAt - (this.limit.burst - 1) * this.limit.everyMs - now;
    if (waitMs > 0) return waitMs;
    this.fullAt.delete(key);
    this.fullAt.set(key, fullAt + this.limit.everyMs);
    const [oldest] = this.fullAt.keys();
    if (this.fullAt.size > this.mostKeys && oldest !== undefined) this.fullAt.delete(oldest);
    return 0;
  }
}

/** What one subscriber of an internet provider has: an IPv4 address, or the first half of an IPv6 one. */
export function subscriberOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = ''] = address.split('::');
  const groups = address.includes('::') ? [...head.split(':').filter(Boolean), '0', '0', '0', '0'] : address.split(':');
  return groups.slice(0, 4).join(':');
}
