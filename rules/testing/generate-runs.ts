import { gatherDimensions } from '../check/candidates.js';
import { createDraw } from './draw.js';
import { generateEvents, generateGraph } from './generate-stream.js';
import type { RunInput } from './recorded-run.js';

/** Streams that share a graph: reading and compiling it costs more than playing a few events. */
const streamsPerGraph = 20;
const tenMinutes = 600_000;

/** Inputs of runs, the same ones for the same seed. */
export function* generateRuns(seed: number, count: number): Generator<RunInput> {
  const draw = createDraw(seed);
  for (let made = 0; made < count;) {
    const graphs = [generateGraph(draw, 'Первый'), ...(draw.chance(0.2) ? [generateGraph(draw, 'Второй')] : [])];
    const dimensions = gatherDimensions(graphs);
    for (let stream = 0; stream < streamsPerGraph && made < count; stream++) {
      const events = generateEvents(draw, graphs, dimensions);
      const last = Date.parse(String(events.at(-1)?.['at']));
      made += 1;
      // A part of what waits is heard of after the last event.
      yield { graphs, events, ...(draw.chance(0.5) && { until: new Date(last + tenMinutes).toISOString() }) };
    }
  }
}
