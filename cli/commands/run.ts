import { compile, createSession, nodeTypes, toRunLine } from '../../rules/index.js';
import { eventsFile, untilInstant } from '../events-option.js';
import { loadGraphs } from '../load-graphs.js';
import type { Command } from '../main.js';
import { Printer } from '../print.js';
import { readArguments } from '../read-arguments.js';
import { readEvents } from '../read-events.js';

/** `run GRAPH... --events FILE`: plays events through the graphs and prints one JSON line an event. */
export const command: Command = async ({ args }) => {
  const { values, positionals } = readArguments(args, { events: { type: 'string' }, until: { type: 'string' } }, { atLeast: 1 });
  const events = eventsFile(values.events);
  const until = untilInstant(values.until);
  const graphs = await loadGraphs(positionals);
  const session = createSession(graphs.map((graph) => compile(graph, nodeTypes)));
  const printer = new Printer();
  try {
    for await (const event of readEvents(events)) {
      for (const played of await session.play(event)) await printer.line(JSON.stringify(toRunLine(played)));
    }
    if (until !== undefined) for (const played of await session.advance(until)) await printer.line(JSON.stringify(toRunLine(played)));
  } finally {
    // What was decided before a bad line is printed all the same.
    await printer.flush();
  }
  return 0;
};
