import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { elsewhere, type MakeExpression } from '../../rules/index.js';
import { CONFIG, type Config } from '../config/config.js';
import { AccountScope } from '../db/account-scope.js';
import { Metrics } from '../health/metrics.js';
import { Changes } from '../live/changes.js';
import { ExpressionThreads } from './expression-threads.js';
import { StoppedAccounts } from './stopped-accounts.js';
import { tellStopped } from './tell-stopped.js';

/** Enough that a second account has one while the first one's is busy; each takes up to 64 MB and a core. */
const threads = 2;

/**
 * Evaluates the expressions of all accounts where they can hold up nobody but themselves: in threads that are ended when one takes too long. An account
 * that had many of them ended gets none for some minutes; its runs say so.
 */
@Injectable()
export class Expressions implements OnApplicationShutdown {
  private readonly log = new Logger('expressions');
  private readonly stopped = new StoppedAccounts();
  private readonly threads: ExpressionThreads;

  constructor(
    private readonly scope: AccountScope,
    private readonly changes: Changes,
    private readonly metrics: Metrics,
    @Inject(CONFIG) config: Config,
  ) {
    this.threads = new ExpressionThreads({
      threads,
      killAfterMs: config.expressionLimitMs,
      onStopped: (accountId, { source }, reason) => this.count(accountId, source, reason),
    });
  }

  /** How the graphs of an account are compiled (`compile` in rules/). */
  makerFor(accountId: string): MakeExpression {
    return elsewhere((source, input) => {
      this.metrics.expressions.inc();
      const { event, now, variables } = input;
      return this.threads.evaluate(accountId, { source, input: { event, now, variables } });
    });
  }

  /** Whether runs of the account do without expressions now. An input of every run: ask once per transaction, and keep it with the run. */
  isStopped(accountId: string): boolean {
    return this.stopped.isStopped(accountId, performance.now());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.threads.close();
  }

  private count(accountId: string, source: string, reason: string): void {
    this.metrics.expressionsStopped.inc();
    this.log.warn(`account ${accountId}: ${reason}`);
    if (!this.stopped.count(accountId, performance.now())) return;
    this.log.error(`account ${accountId}: its expressions are stopped, too many took too long`);
    tellStopped(this.scope, this.changes, accountId, source).catch((error: unknown) =>
      this.log.warn(`cannot tell of it: ${String(error)}`),
    );
  }
}
