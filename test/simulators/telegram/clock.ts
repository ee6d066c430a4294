/** The simulator's time, in ms since 1970. */
export interface Clock {
  now(): number;
  /** Runs later; gives the way to call it off. */
  after(ms: number, run: () => void): () => void;
}

export class RealClock implements Clock {
  now(): number {
    return Date.now();
  }

  after(ms: number, run: () => void): () => void {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  }
}

/** Time that passes only when a test says so. */
export class ManualClock implements Clock {
  private timers: { at: number; order: number; run: () => void }[] = [];
  private order = 0;

  constructor(private time = Date.UTC(2026, 10, 23, 9, 0, 0)) {}

  now(): number {
    return this.time;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, order: this.order++, run };
    this.timers.push(timer);
    return () => void (this.timers = this.timers.filter((other) => other !== timer));
  }

  /** Lets time pass, and everything happen that falls due meanwhile, in order. */
  advance(ms: number): void {
    const until = this.time + ms;
    for (;;) {
      const [next] = this.timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at || a.order - b.order);
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = until;
  }

  /** What waits for time to pass: how a test sees that something has begun to wait. */
  get waiting(): number {
    return this.timers.length;
  }
}
