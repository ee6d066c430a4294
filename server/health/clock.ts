import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AccountScope } from '../db/account-scope.js';
import { mostClockOffsetMs, readClockOffset } from '../db/clock-offset.js';
import { Metrics } from './metrics.js';

const lookEveryMs = 10_000;

/**
 * Whether this process may trust its clock. While it is more than two seconds off PostgreSQL's the process takes no work: timers would fire early and replies
 * be held back as late. Another process, or this one when its clock is set, finds what was left.
 */
@Injectable()
export class Clock implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('clock');
  private offsetMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly scope: AccountScope,
    private readonly metrics: Metrics,
  ) {}

  /** The start was refused with a clock that is off, so the first look may wait. */
  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), lookEveryMs);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  get isTrue(): boolean {
    return Math.abs(this.offsetMs) <= mostClockOffsetMs;
  }

  /** Compares the clocks. While the database is away, what was known stays. */
  async look(): Promise<void> {
    const wasTrue = this.isTrue;
    this.offsetMs = await readClockOffset((sql) => this.scope.lookUp<{ ms: number }>(sql)).catch(() => this.offsetMs);
    this.metrics.clockOffset.set(this.offsetMs / 1000);
    const seconds = (this.offsetMs / 1000).toFixed(1);
    if (wasTrue && !this.isTrue) this.log.error(`this clock is ${seconds} s off PostgreSQL's: no work is taken until it is set (NTP)`);
    if (!wasTrue && this.isTrue) this.log.log(`this clock agrees with PostgreSQL's again (${seconds} s): work goes on`);
  }
}
