// The page's policy forbids making code out of text in workers too: before the first schema.
import '../../no-eval.js';
import { answerAsk, type Ask } from './answer-ask.js';

/** What a worker has for talking to its page; the page's own types do not know it. */
interface WorkerSide {
  addEventListener(type: 'message', listener: (message: { data: { id: number; ask: Ask } }) => void): void;
  postMessage(answer: { id: number; answer?: unknown; problem?: string }, transfer: []): void;
}

const side = globalThis as unknown as WorkerSide;

side.addEventListener('message', ({ data: { id, ask } }) => {
  void answerAsk(ask).then(
    (answer) => side.postMessage({ id, answer }, []),
    (problem: unknown) => side.postMessage({ id, problem: problem instanceof Error ? problem.message : String(problem) }, []),
  );
});
