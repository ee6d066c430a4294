import type { AnswerOf, Ask } from './answer-ask.js';

/** What a worker says of one piece of work. */
interface Answered {
  id: number;
  answer?: unknown;
  problem?: string;
}

/** The part of a worker that the desk needs. */
export interface DeskWorker {
  send: (work: { id: number; ask: Ask }) => void;
  stop: () => void;
}

/** Starts a worker that tells what it did, and when it broke altogether. */
export type StartWorker = (on: { answer: (answered: Answered) => void; broken: (problem: string) => void }) => DeskWorker;

/** Hands work to a worker and brings the answers back. The worker starts with the first piece of work. */
export class WorkerDesk {
  private worker: DeskWorker | undefined;
  private readonly waiting = new Map<number, { give: (answer: never) => void; fail: (problem: Error) => void }>();
  private asked = 0;
  private readonly start: StartWorker;

  constructor(start: StartWorker) {
    this.start = start;
  }

  /** @throws Error what went wrong with this piece of work, or that the worker ended */
  ask<Kind extends Ask['kind']>(ask: Extract<Ask, { kind: Kind }>): Promise<AnswerOf<Kind>> {
    this.asked += 1;
    const id = this.asked;
    return new Promise((give, fail) => {
      this.waiting.set(id, { give, fail });
      this.worker ??= this.start({ answer: (answered) => this.hand(answered), broken: (problem) => this.end(problem) });
      this.worker.send({ id, ask });
    });
  }

  /** Ends the worker with whatever it is doing; the next piece of work starts another. */
  stop(): void {
    this.end('stopped');
  }

  private hand({ id, answer, problem }: Answered): void {
    const asked = this.waiting.get(id);
    this.waiting.delete(id);
    if (problem === undefined) asked?.give(answer as never);
    else asked?.fail(new Error(problem));
  }

  private end(problem: string): void {
    this.worker?.stop();
    this.worker = undefined;
    const asked = [...this.waiting.values()];
    this.waiting.clear();
    for (const { fail } of asked) fail(new Error(problem));
  }
}

/** A worker with the rules in it. */
export const startProvingWorker: StartWorker = ({ answer, broken }) => {
  const worker = new Worker(new URL('./proving-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => answer(data));
  worker.addEventListener('error', (problem) => broken(problem.message || 'the worker did not start'));
  return { send: (work) => worker.postMessage(work, []), stop: () => worker.terminate() };
};
