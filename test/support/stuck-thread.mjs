// A thread of expressions that does what its source says, for tests of what becomes of it.
import { parentPort } from 'node:worker_threads';

parentPort.on('message', ({ source, input }) => {
  if (source === 'never') for (;;);
  if (source === 'eat') for (const eaten = []; ; eaten.push(Array.from({ length: 100_000 }, () => eaten.length)));
  if (source === 'exit') process.exit(1);
  if (source === 'fail') return parentPort.postMessage({ failed: 'it fails' });
  if (source === 'slow') return parentPort.postMessage({ outOfTime: 'by its own clock' });
  parentPort.postMessage({ value: [source, input] });
});
parentPort.postMessage('ready');
