import { compile, createSession, nodeTypes, type CompiledGraph, type RuleEvent } from '../../rules/index.js';
import { CommandError } from '../command-error.js';
import { eventsFile } from '../events-option.js';
import { loadGraphs } from '../load-graphs.js';
import type { Command } from '../main.js';
import { Printer } from '../print.js';
import { readArguments } from '../read-arguments.js';
import { readEvents } from '../read-events.js';

/** Long enough for the compiler of the platform to settle, and for a stable figure. */
const warmUpMs = 1000;
const measureMs = 5000;

/** More would measure the memory of this machine and not the rules. */
const maxEvents = 200_000;

/** `bench GRAPH --events FILE`: how fast the graph decides; reading and printing are not counted. */
export const command: Command = async ({ args, say }) => {
  const { values, positionals } = readArguments(args, { events: { type: 'string' }, json: { type: 'boolean' } }, { atLeast: 1 });
  const file = eventsFile(values.events);
  const compiled = (await loadGraphs(positionals)).map((graph) => compile(graph, nodeTypes));
  const events: RuleEvent[] = [];
  for await (const event of readEvents(file)) {
    if (events.length === maxEvents) {
      process.stderr.write(`${say({ ru: `Взяты первые ${maxEvents} событий`, en: `The first ${maxEvents} events are used` })}\n`);
      break;
    }
    events.push(event);
  }
  if (events.length === 0) {
    throw new CommandError({ ru: `${file}: нет событий`, en: `${file}: no events` });
  }

  await measure(compiled, events, warmUpMs);
  const figures = await measure(compiled, events, measureMs);
  const printer = new Printer();
  if (values.json) await printer.line(JSON.stringify(figures));
  else {
    await printer.line(
      say({
        ru: `${figures.perSecond} событий в секунду, ${figures.cpuMicrosPerEvent} мкс процессора на событие; p50 ${figures.p50Micros} мкс, p99 ${figures.p99Micros} мкс (${figures.events} событий за ${figures.seconds} с)`,
        en: `${figures.perSecond} events a second, ${figures.cpuMicrosPerEvent} µs of CPU an event; p50 ${figures.p50Micros} µs, p99 ${figures.p99Micros} µs (${figures.events} events in ${figures.seconds} s)`,
      }),
    );
  }
  await printer.flush();
  return 0;
};

/** Plays all events over and over, each pass from a fresh state, for at least this long. */
async function measure(compiled: readonly CompiledGraph[], events: readonly RuleEvent[], atLeastMs: number) {
  const latencies = new Histogram();
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  let count = 0;
  let now = started;
  while (now - started < atLeastMs) {
    const session = createSession(compiled);
    for (const event of events) {
      const played = session.play(event);
      // Only expressions answer later; a turn of the event loop for nothing would be measured with the rest.
      if (played instanceof Promise) await played;
      const after = performance.now();
      latencies.add(after - now);
      now = after;
      count += 1;
      if (now - started >= atLeastMs) break;
    }
    // Making the next session is not part of the next event.
    now = performance.now();
  }
  const seconds = (now - started) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  return {
    events: count,
    seconds: round(seconds, 3),
    perSecond: Math.round(count / seconds),
    cpuMicrosPerEvent: round((cpu.user + cpu.system) / count, 3),
    p50Micros: round(latencies.quantile(0.5), 2),
    p99Micros: round(latencies.quantile(0.99), 2),
  };
}

/** Counts durations in buckets of 1 % width, from 10 ns: quantiles of any number of them in little memory. */
class Histogram {
  private readonly buckets = new Float64Array(2500);
  private total = 0;

  add(milliseconds: number): void {
    const nanoseconds = Math.max(10, milliseconds * 1e6);
    const bucket = Math.min(this.buckets.length - 1, Math.floor(Math.log(nanoseconds / 10) * 100));
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
    this.total += 1;
  }

  /** In microseconds. */
  quantile(share: number): number {
    let seen = 0;
    for (const [bucket, count] of this.buckets.entries()) {
      seen += count;
      if (seen >= this.total * share) return (10 * Math.exp((bucket + 0.5) / 100)) / 1000;
    }
    return 0;
  }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
