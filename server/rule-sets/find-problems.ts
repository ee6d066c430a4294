import {
  checkGraph,
  compile,
  nodeTypes,
  readGraph,
  runTests,
  type AccountDirectory,
  type Finding,
  type RuleGraph,
} from '../../rules/index.js';

/** Everything that reading and checking find in a draft; names are compared with the account's own. */
export function findProblems(json: unknown, account: AccountDirectory): Finding[] {
  const { graph, findings } = readGraph(json, nodeTypes);
  return graph ? checkGraph(graph, nodeTypes, account) : findings;
}

/**
 * What keeps a draft from being published: the errors of the checks and, when there are none, the stored tests that fail.
 * @param name the rule set's, under which its graph runs
 */
export async function findObstacles(json: unknown, name: string, account: AccountDirectory): Promise<Finding[]> {
  const { graph, findings } = readGraph(json, nodeTypes);
  if (!graph) return findings;
  const errors = checkGraph(graph, nodeTypes, account).filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? errors : failedTests({ ...graph, name });
}

/** The first differences of a test say enough; the rest are one run in the builder away. */
const differencesShown = 3;

async function failedTests(graph: RuleGraph): Promise<Finding[]> {
  const results = await runTests(graph, compile(graph, nodeTypes));
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
