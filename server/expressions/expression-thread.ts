import { parentPort } from 'node:worker_threads';
// Past the engine's door, which loads six times as long: a thread that was ended is replaced while others wait.
import { compileExpression } from '../../rules/expressions/compile-expression.js';
import { OutOfTime } from '../../rules/expressions/out-of-time.js';
import type { Answer, Question } from './messages.js';

/* What runs in a thread of its own: one expression at a time, asked and answered in messages. */
parentPort?.on('message', (question: Question) => void answer(question).then((answered) => parentPort?.postMessage(answered)));
parentPort?.postMessage('ready');

async function answer({ source, input }: Question): Promise<Answer> {
  const expression = compileExpression(source);
  if ('problems' in expression) return { failed: `The expression «${source}» was not checked` };
  try {
    return { value: await expression.evaluate(input) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return error instanceof OutOfTime ? { outOfTime: text } : { failed: text };
  }
}
