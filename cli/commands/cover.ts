import { writeFile } from 'node:fs/promises';
import {
  compile,
  countCoverage,
  createSession,
  nodeTypes,
  runTests,
  toRunLine,
  withCalled,
  type CoverageCount,
  type CompiledGraph,
  type GraphCoverage,
  type RuleGraph,
  type Share,
} from '../../rules/index.js';
import { drawCoverage } from '../draw-coverage.js';
import { untilInstant } from '../events-option.js';
import { loadGraphs } from '../load-graphs.js';
import type { Command } from '../main.js';
import { Printer } from '../print.js';
import { readArguments } from '../read-arguments.js';
import { readEvents } from '../read-events.js';
import { unwritable } from '../read-json-file.js';
import type { Say } from '../say.js';

const options = {
  events: { type: 'string' },
  until: { type: 'string' },
  svg: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** `cover GRAPH... [--events FILE]`: which nodes and ports the embedded tests and the given events reach, how often. */
export const command: Command = async ({ args, say }) => {
  const { values, positionals } = readArguments(args, options, { atLeast: 1 });
  const until = untilInstant(values.until);
  const graphs = await loadGraphs(positionals);
  const compiled = graphs.map((graph) => compile(graph, nodeTypes));
  const count = countCoverage(graphs, nodeTypes);
  await countTests(count, graphs, compiled);
  if (values.events !== undefined) await countEvents(count, compiled, values.events, until);

  const covered = count.result();
  if (values.svg !== undefined) {
    const svg = drawCoverage(
      graphs.flatMap((graph, index) => (covered[index] ? [{ graph, coverage: covered[index] }] : [])),
      say,
    );
    await write(values.svg, svg);
  }
  const printer = new Printer();
  if (values.json)
    await printer.line(JSON.stringify({ graphs: covered.map((coverage, index) => ({ file: positionals[index], ...coverage })) }));
  else for (const coverage of covered) for (const line of tell(coverage, say)) await printer.line(line);
  await printer.flush();
  return 0;
};

async function countTests(count: CoverageCount, graphs: readonly RuleGraph[], compiled: readonly CompiledGraph[]): Promise<void> {
  for (const [index, graph] of graphs.entries()) {
    const [own, ...others] = withCalled(compiled, index);
    if (!own) continue;
    for (const { lines } of await runTests(graph, own, others)) for (const line of lines) count.add(line, 'tests', graph.name);
  }
}

async function countEvents(count: CoverageCount, compiled: readonly CompiledGraph[], file: string, until?: number): Promise<void> {
  const session = createSession(compiled);
  for await (const event of readEvents(file)) for (const played of await session.play(event)) count.add(toRunLine(played), 'events');
  if (until !== undefined) for (const played of await session.advance(until)) count.add(toRunLine(played), 'events');
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** A table of nodes and ports with their counts, and what nothing reached in one line below. */
function tell({ ruleSet, nodes, shares }: GraphCoverage, say: Say): string[] {
  const head = [
    say({ ru: 'шаг', en: 'node' }),
    say({ ru: 'выход', en: 'port' }),
    say({ ru: 'проверки', en: 'tests' }),
    say({ ru: 'события', en: 'events' }),
  ];
  const rows = nodes.flatMap(({ node, disabled, reached, ports }) => [
    [node, disabled ? say({ ru: '(выключен)', en: '(off)' }) : '', String(reached.tests), String(reached.events)],
    ...ports.map((port) => ['', port.port, String(port.reached.tests), String(port.reached.events)]),
  ]);
  const missed = nodes
    .filter(({ disabled }) => !disabled)
    .flatMap(({ node, reached, ports }) =>
      isMissed(reached) ? [node] : ports.filter((port) => isMissed(port.reached)).map(({ port }) => `${node}.${port}`),
    );
  return [
    ruleSet,
    ...columns([head, ...rows]).map((line) => `  ${line}`),
    `  ${say({ ru: `шаги: ${shareText(shares.nodes).ru}; выходы: ${shareText(shares.ports).ru}`, en: `nodes: ${shareText(shares.nodes).en}; ports: ${shareText(shares.ports).en}` })}`,
    `  ${missed.length === 0 ? say({ ru: 'достигнуто всё', en: 'everything is reached' }) : `${say({ ru: 'не достигнуто', en: 'not reached' })}: ${missed.join(', ')}`}`,
  ];
}

function isMissed({ tests, events }: { tests: number; events: number }): boolean {
  return tests + events === 0;
}

function shareText({ all, reached, tests, events }: Share): { ru: string; en: string } {
  return {
    ru: `${reached} из ${all} (проверки ${tests}, события ${events})`,
    en: `${reached} of ${all} (tests ${tests}, events ${events})`,
  };
}

/** Sets rows in columns: names to the left, counts to the right. */
function columns(rows: readonly string[][]): string[] {
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
}
