import { OutOfTime } from '../../rules/index.js';
import { ExpressionWorker, threadFile } from './expression-worker.js';
import { FairQueue } from './fair-queue.js';
import type { Question } from './messages.js';

export interface ThreadOptions {
  /** How many threads; one account has at most all but one of them at a time. */
  threads: number;
  /** After so long the thread is ended with what it does. */
  killAfterMs: number;
  /** Is told of each expression that was stopped, before whoever asked hears it. */
  onStopped?: (account: string, question: Question, reason: string) => void;
  /** What a thread runs; absent: the engine's expressions. */
  file?: string;
}

interface Task {
  question: Question;
  done: (value: unknown) => void;
  fail: (error: unknown) => void;
}

/** A few threads that evaluate expressions of all accounts in turns. They are started when they are first needed. */
export class ExpressionThreads {
  private readonly queue: FairQueue<Task>;
  private readonly idle: ExpressionWorker[] = [];
  private readonly all = new Set<ExpressionWorker>();
  private isClosed = false;

  constructor(private readonly options: ThreadOptions) {
    this.queue = new FairQueue(Math.max(1, options.threads - 1));
  }

  /**
   * Evaluates a source that the rule language accepts.
   * @throws OutOfTime when it was stopped, which says nothing of the input; Error when the expression fails
   */
  evaluate(account: string, question: Question): Promise<unknown> {
    if (this.isClosed) return Promise.reject(new OutOfTime('The server stops'));
    return new Promise((done, fail) => {
      this.queue.add(account, { question, done, fail });
      this.start();
    });
  }

  /** Ends all threads; what they do is stopped. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.all].map((worker) => worker.close()));
    for (let next = this.queue.take(); next; next = this.queue.take()) {
      next.task.fail(new OutOfTime('The server stops'));
      this.queue.done(next.account);
    }
  }

  private start(): void {
    while (!this.isClosed && (this.idle.length > 0 || this.all.size < this.options.threads)) {
      const next = this.queue.take();
      if (!next) return;
      const worker = this.idleWorker() ?? this.newWorker();
      void this.run(worker, next.account, next.task);
    }
  }

  private async run(worker: ExpressionWorker, account: string, { question, done, fail }: Task): Promise<void> {
    try {
      done(await worker.ask(question, this.options.killAfterMs));
    } catch (error) {
      if (error instanceof OutOfTime && worker.isStarted && !this.isClosed) this.options.onStopped?.(account, question, error.message);
      fail(error);
    }
    this.queue.done(account);
    if (worker.isOver) {
      this.all.delete(worker);
      // The next expression should not wait for its start.
      if (!this.isClosed) this.idle.unshift(this.newWorker());
    } else this.idle.push(worker);
    this.start();
  }

  private idleWorker(): ExpressionWorker | undefined {
    const worker = this.idle.pop();
    if (!worker?.isOver) return worker;
    this.all.delete(worker);
    return this.idleWorker();
  }

  private newWorker(): ExpressionWorker {
    const file = this.options.file ?? threadFile;
    if (file === undefined) throw new Error('server/expressions/expression-thread.js is not built');
    const worker = new ExpressionWorker(file);
    this.all.add(worker);
    return worker;
  }
}
