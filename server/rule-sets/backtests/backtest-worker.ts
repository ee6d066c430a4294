import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { findInProject } from '../../config/find-in-project.js';
import type { FromThread, ToThread } from './messages.js';

/** Beside this module in the bundle and in the compiler's output; in the sources there is none that a thread could run. */
const beside = join(import.meta.dirname, 'backtest-thread.js');
const file = existsSync(beside) ? beside : findInProject('dist/server/rule-sets/backtests/backtest-thread.js');

/** State of some hundred thousand conversations. */
const memory = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 32 };
/** A piece of work takes a second on a slow day. */
const silenceMs = 120_000;

/** The thread needed more memory than it may have. */
export class TooMuch extends Error {}

/** One thread for one backtest. Each piece that it is told is answered before the next. */
export class BacktestWorker {
  private readonly worker: Worker;
  private fail: (error: Error) => void = () => {};
  private failed: Error | undefined;

  constructor() {
    if (file === undefined) throw new Error('server/rule-sets/backtests/backtest-thread.js is not built');
    this.worker = new Worker(file, { resourceLimits: memory, env: {}, argv: [], execArgv: [] });
    this.worker.on('error', (error) => {
      const isMemory = Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY';
      this.over(isMemory ? new TooMuch(error.message) : error);
    });
    this.worker.on('exit', (code) => this.over(new Error(`The thread ended with ${code}`)));
  }

  /** @throws TooMuch, or Error when the thread fails or says nothing for two minutes */
  async tell(message: ToThread): Promise<FromThread> {
    if (this.failed) throw this.failed;
    return new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`The thread says nothing for ${silenceMs} ms`)), silenceMs);
      const taken = (answer: FromThread) => {
        clearTimeout(timer);
        done(answer);
      };
      this.fail = (error) => {
        clearTimeout(timer);
        this.worker.off('message', taken);
        fail(error);
      };
      this.worker.once('message', taken);
      this.worker.postMessage(message);
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private over(error: Error): void {
    this.failed ??= error;
    this.fail(this.failed);
  }
}
