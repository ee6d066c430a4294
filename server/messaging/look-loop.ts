import { Logger } from '@nestjs/common';

/** What hangs on a connection that is gone is not waited for longer: its transaction is rolled back, and the next process finds the rows. */
const stopWithinMs = 10_000;

/** Looks for rows that are due: every so often and when told, one look at a time, and once more when told during one. */
export class LookLoop {
  private readonly log: Logger;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<unknown> | undefined;
  private again = false;
  private stopping = false;

  /**
   * @param name of the worker in the log
   * @param takeDue takes what is due; `true` when there may be more right now. What it throws is logged, and the next look tries again
   */
  constructor(
    name: string,
    private readonly takeDue: () => Promise<boolean>,
  ) {
    this.log = new Logger(name);
  }

  get isStopping(): boolean {
    return this.stopping;
  }

  start(everyMs: number): void {
    this.timer = setInterval(() => this.look(), everyMs);
    this.look();
  }

  /** Looks now, or right after the look that is under way. */
  look(): void {
    if (this.stopping) return;
    if (this.looking) return void (this.again = true);
    this.looking = this.takeDue()
      .then(
        (isMore) => (this.again ||= isMore),
        (error: unknown) => this.log.warn(`cannot look for what is due: ${error instanceof Error ? error.message : String(error)}`),
      )
      .finally(() => {
        this.looking = undefined;
        if (!this.again) return;
        this.again = false;
        this.look();
      });
  }

  /** Finishes the look that is under way and begins no other. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await Promise.race([this.looking, new Promise((done) => setTimeout(done, stopWithinMs).unref())]);
  }
}
