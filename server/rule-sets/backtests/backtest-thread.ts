import { parentPort } from 'node:worker_threads';
import { inThisThread, OutOfTime, type MakeExpression } from '../../../rules/index.js';
import { VersionsCompared } from './compare-versions.js';
import type { FromThread, ToThread } from './messages.js';

/* What a backtest runs in: a thread that knows neither the database nor the network, and rests as long as it works. */
let compared: VersionsCompared | undefined;

parentPort?.on('message', (message: ToThread) => void take(message));

async function take(message: ToThread): Promise<void> {
  const from = performance.now();
  if (message.type === 'sides') {
    compared = new VersionsCompared(message, patient);
    say({ type: 'ready' });
  } else if (message.type === 'events') {
    for (const event of message.events) await compared?.play(event);
    // Half a core at most: the other half is the desk's.
    setTimeout(() => say({ type: 'ready' }), performance.now() - from);
  } else if (compared) say({ type: 'result', ...(await compared.end(message.until)) });
}

function say(message: FromThread): void {
  parentPort?.postMessage(message);
}

/** How often an expression that the wall clock stopped is asked again: here nobody waits for it. */
const mostTries = 5;

/** An expression that takes too long again and again is a failure of its version, so that the rest can be compared. */
const patient: MakeExpression = (source) => {
  const expression = inThisThread(source);
  return {
    async evaluate(input) {
      for (let tries = 1; ; tries++) {
        try {
          return await expression.evaluate(input);
        } catch (error) {
          if (!(error instanceof OutOfTime)) throw error;
          if (tries === mostTries) throw new Error(error.message, { cause: error });
        }
      }
    },
  };
};
