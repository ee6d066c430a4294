import type { AnswerOf, Ask } from './answer-ask.js';

/** The part of a worker that the desk needs. */
export interface DeskWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((message: { data: { id: number; answer?: unknown; problem?: string } }) => void) | null;
  onerror: ((problem: { message?: string; preventDefault?: () => void }) => void) | null;
}

/** Hands work to a worker and brings the answers back. The worker starts with the first piece of work. */
export class WorkerDesk {
  private worker: DeskWorker | undefined;
  private readonly waiting = new Map<number, { give: (answer: never) => void; fail: (problem: Error) => void }>();
  private asked = 0;
  private readonly start: () => DeskWorker;

  constructor(start: () => DeskWorker) {
    this.start = start;
  }

  /** @throws Error what went wrong with this piece of work, or that the worker ended */
  ask<Kind extends Ask['kind']>(ask: Extract<Ask, { kind: Kind }>): Promise<AnswerOf<Kind>> {
    this.asked += 1;
    const id = this.asked;
    return new Promise((give, fail) => {
      this.waiting.set(id, { give, fail });
      this.running().postMessage({ id, ask });
    });
  }

  /** Ends the worker with whatever it is doing; the next piece of work starts another. */
  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.failAll('stopped');
  }

  private running(): DeskWorker {
    if (this.worker) return this.worker;
    const worker = this.start();
    worker.onmessage = ({ data: { id, answer, problem } }) => {
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (problem === undefined) asked?.give(answer as never);
      else asked?.fail(new Error(problem));
    };
    worker.onerror = (problem) => {
      problem.preventDefault?.();
      this.worker = undefined;
      worker.terminate();
      this.failAll(problem.message ?? 'the worker did not start');
    };
    this.worker = worker;
    return worker;
  }

  private failAll(problem: string): void {
    const asked = [...this.waiting.values()];
    this.waiting.clear();
    for (const { fail } of asked) fail(new Error(problem));
  }
}

/** A worker with the rules in it. */
export function startProvingWorker(): DeskWorker {
  return new Worker(new URL('./proving-worker.ts', import.meta.url), { type: 'module' });
}
