import { compile, createBacktest, nodeTypes, toRunLine, type Backtest, type Bilingual } from '../../rules/index.js';
import { CommandError } from '../command-error.js';
import { eventsFile, untilInstant } from '../events-option.js';
import { loadGraphs } from '../load-graphs.js';
import type { Command } from '../main.js';
import { Printer } from '../print.js';
import { readArguments } from '../read-arguments.js';
import { readEvents } from '../read-events.js';
import { tellBacktest } from '../tell-backtest.js';

const options = {
  events: { type: 'string' },
  until: { type: 'string' },
  old: { type: 'string', multiple: true },
  new: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

/**
 * `backtest OLD NEW --events FILE`: plays the same events through both versions and groups what differs by its cause; exit code 1 when anything does.
 * Several rule sets a side are given as `--old FILE --old FILE --new FILE --new FILE`.
 */
export const command: Command = async ({ args, say }) => {
  const { values, positionals } = readArguments(args, options, { atLeast: 0 });
  const [older, newer] = sidesOf(positionals, values.old, values.new);
  const file = eventsFile(values.events);
  const until = untilInstant(values.until);
  const graphs = { old: await loadGraphs(older), new: await loadGraphs(newer) };
  const [old, now] = [graphs.old, graphs.new].map((side) => side.map((graph) => compile(graph, nodeTypes)));
  const run = createBacktest(old ?? [], now ?? [], values.json ? Infinity : undefined);
  for await (const event of readEvents(file)) {
    const played = run.play(event);
    // Only expressions answer later; a turn of the event loop for nothing would cost as much as the rules.
    if (played instanceof Promise) await played;
  }
  if (until !== undefined) await run.advance(until);
  const backtest = run.end();

  const printer = new Printer();
  if (values.json) await printer.line(JSON.stringify(toJson(backtest)));
  else for (const line of tellBacktest(backtest, graphs, say)) await printer.line(line);
  await printer.flush();
  return backtest.differ === 0 ? 0 : 1;
};

const unclear: Bilingual = {
  ru: 'Укажите две версии: backtest СТАРЫЙ НОВЫЙ, а наборы из нескольких графов — --old ФАЙЛ --old ФАЙЛ --new ФАЙЛ --new ФАЙЛ',
  en: 'Name two versions: backtest OLD NEW, and of several graphs each --old FILE --old FILE --new FILE --new FILE',
};

function sidesOf(
  positionals: readonly string[],
  old: readonly string[] = [],
  now: readonly string[] = [],
): [readonly string[], readonly string[]] {
  const [first, second] = positionals;
  if (first !== undefined && second !== undefined && positionals.length === 2 && old.length + now.length === 0) return [[first], [second]];
  if (positionals.length === 0 && old.length > 0 && now.length > 0) return [old, now];
  throw new CommandError(unclear);
}

function toJson({ groups, ...totals }: Backtest) {
  return {
    ...totals,
    groups: groups.map(({ example, ...group }) => ({
      ...group,
      example: {
        event: (example.old ?? example.new)?.event,
        old: example.old ? toRunLine(example.old) : null,
        new: example.new ? toRunLine(example.new) : null,
      },
    })),
  };
}
