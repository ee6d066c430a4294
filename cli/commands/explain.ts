import {
  compile,
  createSession,
  explain,
  explainMissed,
  nodeTypes,
  type CompiledGraph,
  type MissedNode,
  type Played,
  type RuleGraph,
} from '../../rules/index.js';
import { CommandError } from '../command-error.js';
import { eventsFile, untilInstant } from '../events-option.js';
import { loadGraphs } from '../load-graphs.js';
import type { Command } from '../main.js';
import { Printer } from '../print.js';
import { readAccount } from '../read-account.js';
import { readArguments } from '../read-arguments.js';
import { readEvents } from '../read-events.js';
import { tellExplanation } from '../tell-explanation.js';

const options = {
  events: { type: 'string' },
  event: { type: 'string' },
  node: { type: 'string' },
  until: { type: 'string' },
  account: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/**
 * `explain GRAPH... --events FILE --event ID`: why this event (or timer) went the way it did; with `--node NODE`, what kept that node from running and the
 * smallest change of the event that would have made it run.
 */
export const command: Command = async ({ args, say }) => {
  const { values, positionals } = readArguments(args, options, { atLeast: 1 });
  const file = eventsFile(values.events);
  const id = values.event;
  if (id === undefined) throw new CommandError({ ru: 'Укажите событие: --event ID', en: 'Name the event: --event ID' });
  const until = untilInstant(values.until);
  const account = values.account === undefined ? undefined : await readAccount(values.account);
  const graphs = await loadGraphs(positionals);
  const compiled = graphs.map((graph) => compile(graph, nodeTypes));
  const target = values.node === undefined ? undefined : targetOf(values.node, graphs);
  const played = await findPlayed(id, compiled, file, until);

  const explanation = await explain(played, graphs, nodeTypes);
  let missed: MissedNode | undefined;
  if (target) missed = await explainMissed(played, target, graphs, compiled, nodeTypes, account);
  const printer = new Printer();
  if (values.json) await printer.line(JSON.stringify({ ...explanation, ...(missed && { missed }) }));
  else for (const line of tellExplanation(explanation, missed, say)) await printer.line(line);
  await printer.flush();
  return 0;
};

/** The node of `--node`, written as `NODE`, or as `RULE SET/NODE` where several rule sets have one of that name. */
function targetOf(written: string, graphs: readonly RuleGraph[]): { ruleSet: string; node: string } {
  const found = graphs.flatMap(({ name, nodes }) =>
    nodes.filter(({ id }) => id === written || `${name}/${id}` === written).map(({ id }) => ({ ruleSet: name, node: id })),
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  const places = found.map(({ ruleSet, node }) => `${ruleSet}/${node}`).join(', ');
  throw new CommandError(
    only
      ? {
          ru: `--node ${written}: таких шагов несколько, укажите один: ${places}`,
          en: `--node ${written}: there are several, name one: ${places}`,
        }
      : { ru: `--node ${written}: такого шага нет`, en: `--node ${written}: there is no such node` },
  );
}

/** Plays the stream as far as the event, so that it is explained with the state that those before it left. */
async function findPlayed(id: string, compiled: readonly CompiledGraph[], file: string, until?: number): Promise<Played> {
  const session = createSession(compiled);
  for await (const event of readEvents(file)) {
    const found = (await session.play(event)).find((played) => played.event.id === id);
    if (found) return found;
  }
  const last = until === undefined ? undefined : (await session.advance(until)).find((played) => played.event.id === id);
  if (last) return last;
  throw new CommandError({ ru: `${file}: события ${id} нет`, en: `${file}: there is no event ${id}` });
}
