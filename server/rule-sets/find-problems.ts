import {
  checkGraph,
  checkTogether,
  compile,
  nodeTypes,
  OutOfTime,
  readGraph,
  runTests,
  withCalled,
  type AccountDirectory,
  type Finding,
  type MakeExpression,
  type RuleGraph,
} from '../../rules/index.js';
import { Unavailable } from '../problem/problems.js';
import type { LiveGraphs } from './live-graphs.js';

/** Everything that reading and checking find in a draft; names are compared with the account's own. */
export function findProblems(json: unknown, account: AccountDirectory): Finding[] {
  const { graph, findings } = readGraph(json, nodeTypes);
  return graph ? checkGraph(graph, nodeTypes, account) : findings;
}

/**
 * What keeps a draft from being published: the errors of the checks, its own and those with the rule sets that run beside it, and, when there are none,
 * the stored tests that fail.
 * @param name the rule set's, under which its graph runs
 * @param expressions where the expressions of the tests are evaluated
 */
export async function findObstacles(
  json: unknown,
  name: string,
  account: AccountDirectory,
  live: LiveGraphs,
  expressions: MakeExpression,
): Promise<Finding[]> {
  const { graph, findings } = readGraph(json, nodeTypes);
  if (!graph) return findings;
  const own = { ...graph, name };
  const found = [...checkGraph(graph, nodeTypes, account), ...findConflicts(own, name, account, live)];
  const errors = found.filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? errors : failedTests(own, [...live.before, ...live.after], expressions);
}

/** What a draft and the rule sets that run beside it do to each other, as far as the draft is about it; nothing while it cannot be read. */
export function findConflicts(json: unknown, name: string, account: AccountDirectory, { before, after }: LiveGraphs): Finding[] {
  const { graph } = readGraph(json, nodeTypes);
  if (!graph) return [];
  const together = checkTogether([...before, { ...graph, name }, ...after], nodeTypes, account);
  return together.filter(({ index, other }) => index === before.length || other === before.length).map((one) => one.finding);
}

/** The first differences of a test say enough; the rest are one run in the builder away. */
const differencesShown = 3;

async function failedTests(graph: RuleGraph, others: readonly RuleGraph[], expressions: MakeExpression): Promise<Finding[]> {
  const [own, ...called] = withCalled(
    [graph, ...others].map((one) => compile(one, nodeTypes, undefined, expressions)),
    0,
  );
  const results = own ? await runTests(graph, own, called).catch(refuseSlow) : [];
  return results.flatMap(({ name, passed, differences }, index): Finding[] => {
    if (passed) return [];
    const shown = differences.slice(0, differencesShown);
    const spell = (line: string, expected: string, came: string, nothing: string) =>
      shown
        .map(
          (one) =>
            `${line} ${one.line}, ${one.path || '$'}: ${expected} ${JSON.stringify(one.expected)}, ${came} ${JSON.stringify(one.actual) ?? nothing}`,
        )
        .join('; ');
    return [
      {
        code: 'test-failed',
        severity: 'error',
        path: `tests[${index}]`,
        text: {
          ru: `Проверка «${name}» не проходит: ${spell('строка', 'ожидалось', 'получено', 'ничего')}`,
          en: `The test “${name}” fails: ${spell('line', 'expected', 'got', 'nothing')}`,
        },
        mend: { ru: 'Исправьте правила или саму проверку.', en: 'Mend the rules or the test itself.' },
      },
    ];
  });
}

/** An expression that took too long has decided nothing, so nobody knows whether the tests pass. */
function refuseSlow(error: unknown): never {
  if (!(error instanceof OutOfTime)) throw error;
  throw new Unavailable({
    ru: 'Выражение в проверках считалось слишком долго: попробуйте ещё раз или упростите его',
    en: 'An expression in the tests took too long: try again, or make it simpler',
  });
}
