import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { findInProject } from '../../config/find-in-project.js';
import type { FromShadowThread, ShadowGraphs, ShadowLine, ShadowQuestion, ShadowState, ToShadowThread } from './messages.js';

/** Beside this module in the bundle and in the compiler's output; in the sources there is none that a thread could run. */
const beside = join(import.meta.dirname, 'shadow-thread.js');
const file = existsSync(beside) ? beside : findInProject('dist/server/rule-sets/shadows/shadow-thread.js');

const memory = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 };
/** Fifty events of a conversation take some milliseconds; a version that takes longer is broken. */
const patienceMs = 10_000;

/** One thread for all shadows of a process, made when there is something to do and again after it failed. One question at a time. */
export class ShadowWorker {
  private worker: Worker | undefined;
  private last: Promise<unknown> = Promise.resolve();

  /**
   * Plays a conversation's questions through a shadow.
   * @param key names the graphs; `load` reads them, and is asked only where the thread has not got them
   * @throws Error when the thread fails or takes too long; whatever it was doing is over then
   */
  play(
    key: string,
    load: () => Promise<ShadowGraphs>,
    about: { state: ShadowState | null; questions: readonly ShadowQuestion[]; until: number },
  ): Promise<{ state: ShadowState | null; lines: ShadowLine[] }> {
    const turn = this.last.then(async () => {
      let answer = await this.tell({ type: 'play', key, ...about });
      if (answer.type === 'unknown') {
        await this.tell({ type: 'load', key, graphs: await load() });
        answer = await this.tell({ type: 'play', key, ...about });
      }
      if (answer.type !== 'played') throw new Error('The thread of shadows has lost its graphs');
      return answer;
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private async tell(message: ToShadowThread): Promise<FromShadowThread> {
    const worker = (this.worker ??= this.begin());
    const stop = new AbortController();
    try {
      const answered: Promise<unknown[]> = once(worker, 'message', { signal: stop.signal });
      const ended = once(worker, 'exit', { signal: stop.signal }).then(() => {
        throw new Error('The thread of shadows has ended');
      });
      const late = after(patienceMs, undefined, { signal: stop.signal }).then(() => {
        throw new Error(`The version takes more than ${patienceMs} ms`);
      });
      for (const loser of [answered, ended, late]) loser.catch(() => undefined);
      worker.postMessage(message);
      const [answer] = await Promise.race([answered, ended, late]);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own thread says nothing else
      return answer as FromShadowThread;
    } catch (error) {
      // What it was doing must not come back as the answer to the next question.
      if (this.worker === worker) this.worker = undefined;
      await worker.terminate();
      throw error;
    } finally {
      stop.abort();
    }
  }

  private begin(): Worker {
    if (file === undefined) throw new Error('server/rule-sets/shadows/shadow-thread.js is not built');
    const worker = new Worker(file, { resourceLimits: memory, env: {}, argv: [], execArgv: [] });
    const forget = () => {
      if (this.worker === worker) this.worker = undefined;
    };
    worker.on('error', forget);
    worker.on('exit', forget);
    return worker;
  }
}
