import { parentPort } from 'node:worker_threads';
import { patientExpressions } from '../patient-expressions.js';
import type { FromShadowThread, ToShadowThread } from './messages.js';
import { ShadowVersion } from './play-shadow.js';

/* What shadows run in: a thread that knows neither the database nor the network. */

/** Compiled versions that are kept; whoever asks for another tells its graphs again. */
const mostKept = 20;
const kept = new Map<string, ShadowVersion>();

parentPort?.on('message', (message: ToShadowThread) => void take(message));

async function take(message: ToShadowThread): Promise<void> {
  if (message.type === 'load') {
    kept.set(message.key, new ShadowVersion(message.graphs, patientExpressions));
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return say({ type: 'loaded' });
  }
  const version = kept.get(message.key);
  if (!version) return say({ type: 'unknown' });
  say({ type: 'played', ...(await version.play(message.state, message.questions, message.until)) });
}

function say(message: FromShadowThread): void {
  parentPort?.postMessage(message);
}
