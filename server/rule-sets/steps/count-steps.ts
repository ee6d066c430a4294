import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import { AccountScope } from '../../db/account-scope.js';
import { LookLoop } from '../../messaging/look-loop.js';

/** Until then readers count the runs themselves, so nobody sees the wait. */
const lookEveryMs = 5_000;
/** Runs of one transaction: some hundredths of a second. */
const mostRuns = 2_000;
const foldEveryMs = 6 * 60 * 60_000;

/** Takes new runs off their queue and adds their steps to the counters by the hour: docs/decisions/0017-steps-are-counted-behind-the-path.md. */
@Injectable()
export class CountSteps implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop = new LookLoop('steps', () => this.count());
  private foldedAt = 0;

  constructor(
    private readonly scope: AccountScope,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') this.loop.start(lookEveryMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  private async count(): Promise<boolean> {
    if (Date.now() - this.foldedAt > foldEveryMs) {
      await this.scope.lookUp('SELECT fold_step_hours()');
      this.foldedAt = Date.now();
    }
    const [counted] = await this.scope.lookUp<{ runs: number }>('SELECT count_steps($1) AS runs', [mostRuns]);
    return (counted?.runs ?? 0) === mostRuns;
  }
}
