import { compile, nodeTypes, runTests, withCalled, type TestResult } from '../../rules/index.js';
import { loadGraphs } from '../load-graphs.js';
import type { Command } from '../main.js';
import { Printer } from '../print.js';
import { readArguments } from '../read-arguments.js';
import type { Say } from '../say.js';

/** `test GRAPH...`: runs the tests that live in the graphs; exit code 1 when one fails. */
export const command: Command = async ({ args, say }) => {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, { atLeast: 1 });
  const graphs = await loadGraphs(positionals);
  const compiled = graphs.map((graph) => compile(graph, nodeTypes));
  const results: { file: string; result: TestResult }[] = [];
  for (const [index, graph] of graphs.entries()) {
    const [own, ...others] = withCalled(compiled, index);
    if (own) for (const result of await runTests(graph, own, others)) results.push({ file: positionals[index] ?? '', result });
  }
  const failed = results.filter(({ result }) => !result.passed).length;
  const passed = results.length - failed;

  const printer = new Printer();
  if (values.json) {
    await printer.line(JSON.stringify({ passed, failed, tests: results.map(({ file, result }) => ({ file, ...result })) }));
  } else {
    for (const { file, result } of results) await printer.line(tell(file, result, say));
    await printer.line(say({ ru: `${passed} прошло, ${failed} не прошло`, en: `${passed} passed, ${failed} failed` }));
  }
  await printer.flush();
  return failed > 0 ? 1 : 0;
};

function tell(file: string, { name, passed, differences }: TestResult, say: Say): string {
  const head = `${passed ? 'ok  ' : 'FAIL'} ${file}: ${name}`;
  const expected = say({ ru: 'ожидалось', en: 'expected' });
  const came = say({ ru: 'получено ', en: 'came    ' });
  const nothing = say({ ru: '(ничего)', en: '(nothing)' });
  const details = differences.map((difference) => {
    const place = difference.path === '' ? '' : `, ${difference.path}`;
    const actual = 'actual' in difference ? JSON.stringify(difference.actual) : nothing;
    return [
      `     ${say({ ru: 'строка', en: 'line' })} ${difference.line}${place}`,
      `       ${expected} ${JSON.stringify(difference.expected)}`,
      `       ${came} ${actual}`,
    ].join('\n');
  });
  return [head, ...details].join('\n');
}
