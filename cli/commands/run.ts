import { compile, createSession, nodeTypes, parseInstant, toRunLine } from '../../rules/index.js';
import { CommandError } from '../command-error.js';
import { loadGraphs } from '../load-graphs.js';
import type { Command } from '../main.js';
import { Printer } from '../print.js';
import { readArguments } from '../read-arguments.js';
import { readEvents } from '../read-events.js';

/** `run GRAPH... --events FILE`: plays events through the graphs and prints one JSON line an event. */
export const command: Command = async ({ args }) => {
  const { values, positionals } = readArguments(args, { events: { type: 'string' }, until: { type: 'string' } }, { atLeast: 1 });
  if (values.events === undefined) {
    throw new CommandError({ ru: 'Укажите события: --events FILE (или -)', en: 'Name the events: --events FILE (or -)' });
  }
  const until = values.until === undefined ? undefined : parseInstant(values.until);
  if (values.until !== undefined && until === undefined) {
    throw new CommandError({ ru: `--until ${values.until}: это не момент времени`, en: `--until ${values.until}: not an instant` });
  }
  const graphs = await loadGraphs(positionals);
  const session = createSession(graphs.map((graph) => compile(graph, nodeTypes)));
  const printer = new Printer();
  try {
    for await (const event of readEvents(values.events)) {
      for (const played of await session.play(event)) await printer.line(JSON.stringify(toRunLine(played)));
    }
    if (until !== undefined) for (const played of await session.advance(until)) await printer.line(JSON.stringify(toRunLine(played)));
  } finally {
    // What was decided before a bad line is printed all the same.
    await printer.flush();
  }
  return 0;
};
