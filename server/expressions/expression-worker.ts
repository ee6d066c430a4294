import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { OutOfTime } from '../../rules/index.js';
import { findInProject } from '../config/find-in-project.js';
import type { Answer, Question } from './messages.js';

/** Beside this module in the bundle and in the compiler's output; in the sources there is none that a thread could run. */
const beside = join(import.meta.dirname, 'expression-thread.js');

/** What a thread of expressions runs; undefined before the build. */
export const threadFile = existsSync(beside) ? beside : findInProject('dist/server/expressions/expression-thread.js');

/** 64 MB in all, of which the language and the library take eight. */
const memory = { maxOldGenerationSizeMb: 48, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/**
 * One thread that evaluates expressions, one at a time. It is started at once and ended for good by the first expression that takes too long or too
 * much memory: who holds it puts a new one in its place.
 */
export class ExpressionWorker {
  private readonly worker: Worker;
  private readonly ready: Promise<void>;
  private end: (error: Error) => void = () => {};
  /** Why it is no more; undefined while it works. */
  private ended: Error | undefined;
  private started = false;

  constructor(file: string) {
    // It needs nothing of this process: neither its settings, which hold secrets, nor its arguments.
    this.worker = new Worker(file, { resourceLimits: memory, env: {}, argv: [], execArgv: [] });
    this.worker.unref();
    this.ready = new Promise((done, fail) => {
      this.worker.once('message', () => {
        this.started = true;
        done();
      });
      this.worker.once('error', fail);
      this.worker.once('exit', () => fail(new Error('The thread ended')));
    });
    // Whoever asks hears of it.
    this.ready.catch(() => {});
    this.worker.on('error', (error) => this.over(new OutOfTime(`The thread of the expression ended: ${error.message}`)));
    this.worker.on('exit', () => this.over(new OutOfTime('The thread of the expression ended')));
  }

  get isOver(): boolean {
    return this.ended !== undefined;
  }

  /** Whether it ever got so far as to take an expression. */
  get isStarted(): boolean {
    return this.started;
  }

  /**
   * Evaluates one expression. The clock runs from the moment at which the thread is ready for it.
   * @throws OutOfTime when it was stopped, by the thread itself or with the thread; Error when the expression fails
   */
  async ask(question: Question, killAfterMs: number): Promise<unknown> {
    await this.ready.catch((error: unknown) => this.over(new OutOfTime(`No thread for the expression: ${String(error)}`)));
    if (this.ended) throw this.ended;
    const answer = await this.exchange(question, killAfterMs);
    if ('value' in answer) return answer.value;
    throw 'failed' in answer ? new Error(answer.failed) : new OutOfTime(answer.outOfTime);
  }

  /** Ends it, whatever it does; resolves when it is gone. */
  async close(): Promise<void> {
    this.over(new OutOfTime('The server stops'));
    await this.worker.terminate();
  }

  private exchange(question: Question, killAfterMs: number): Promise<Answer> {
    return new Promise((done, fail) => {
      // Looks once more at what has come in: this thread may be the one that was busy.
      const kill = () => setImmediate(() => this.kill(killAfterMs));
      const timer = setTimeout(kill, killAfterMs);
      const taken = (answer: Answer) => {
        clearTimeout(timer);
        this.end = () => {};
        done(answer);
      };
      this.end = (error) => {
        clearTimeout(timer);
        this.worker.off('message', taken);
        fail(error);
      };
      this.worker.once('message', taken);
      this.worker.postMessage(question);
    });
  }

  private kill(afterMs: number): void {
    this.over(new OutOfTime(`The expression took more than ${afterMs} ms`));
    void this.worker.terminate();
  }

  private over(error: Error): void {
    this.ended ??= error;
    this.end(this.ended);
    this.end = () => {};
  }
}
