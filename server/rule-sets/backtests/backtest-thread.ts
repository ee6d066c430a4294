import { parentPort } from 'node:worker_threads';
import { patientExpressions } from '../patient-expressions.js';
import { VersionsCompared } from './compare-versions.js';
import type { FromThread, ToThread } from './messages.js';

/* What a backtest runs in: a thread that knows neither the database nor the network, and rests as long as it works. */
let compared: VersionsCompared | undefined;

parentPort?.on('message', (message: ToThread) => void take(message));

async function take(message: ToThread): Promise<void> {
  const from = performance.now();
  if (message.type === 'sides') {
    compared = new VersionsCompared(message, patientExpressions);
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
