import type { PublishPolicy } from '../../api/publishing.js';
import {
  checkGraph,
  coverTests,
  nodeTypes,
  OutOfTime,
  readGraph,
  type AccountDirectory,
  type Finding,
  type GraphCoverage,
  type MakeExpression,
  type TestResult,
} from '../../rules/index.js';
import { Unavailable } from '../problem/problems.js';
import { findConflicts } from './find-problems.js';
import type { LiveGraphs } from './live-graphs.js';
import { findUnmet } from './publish-policy.js';

/** What a draft is looked at beside. */
interface Beside {
  account: AccountDirectory;
  live: LiveGraphs;
  policy: PublishPolicy;
  /** Where the expressions of its tests are evaluated. */
  expressions: MakeExpression;
}

/** What is known of a draft before it is published. */
export interface Assessment {
  /** The errors of the checks, its own and those with the rule sets that run beside it; when there are none, the stored tests that fail. */
  obstacles: Finding[];
  warnings: Finding[];
  tests: { all: number; failed: number };
  /** Undefined while there are errors. */
  coverage: GraphCoverage | undefined;
  /** Parts of the account's policy that it does not meet; none are looked for while there are errors. */
  unmet: Finding[];
}

/**
 * @param name the rule set's, under which its graph runs
 * @throws Unavailable when an expression of the tests took too long
 */
export async function assessDraft(json: unknown, name: string, { account, live, policy, expressions }: Beside): Promise<Assessment> {
  const { graph, findings } = readGraph(json, nodeTypes);
  const nothing = { tests: { all: 0, failed: 0 }, coverage: undefined, unmet: [] };
  if (!graph) return { ...nothing, obstacles: findings, warnings: [] };
  const own = { ...graph, name };
  const found = [...checkGraph(graph, nodeTypes, account), ...findConflicts(own, name, account, live)];
  const errors = found.filter(({ severity }) => severity === 'error');
  const warnings = found.filter(({ severity }) => severity === 'warning');
  const tests = { all: graph.tests?.length ?? 0, failed: 0 };
  if (errors.length > 0) return { ...nothing, tests, obstacles: errors, warnings };
  const { results, coverage } = await coverTests(own, nodeTypes, [...live.before, ...live.after], expressions).catch(refuseSlow);
  const failed = results.flatMap((result, index) => (result.passed ? [] : [toFinding(result, index)]));
  return {
    obstacles: failed,
    warnings,
    tests: { ...tests, failed: failed.length },
    coverage,
    unmet: findUnmet(policy, { warnings: warnings.length, tests: tests.all, coverage }),
  };
}

/** The first differences of a test say enough; the rest are one run in the builder away. */
const differencesShown = 3;

function toFinding({ name, differences }: TestResult, index: number): Finding {
  const shown = differences.slice(0, differencesShown);
  const spell = (line: string, expected: string, came: string, nothing: string) =>
    shown
      .map(
        (one) =>
          `${line} ${one.line}, ${one.path || '$'}: ${expected} ${JSON.stringify(one.expected)}, ${came} ${JSON.stringify(one.actual) ?? nothing}`,
      )
      .join('; ');
  return {
    code: 'test-failed',
    severity: 'error',
    path: `tests[${index}]`,
    text: {
      ru: `Проверка «${name}» не проходит: ${spell('строка', 'ожидалось', 'получено', 'ничего')}`,
      en: `The test “${name}” fails: ${spell('line', 'expected', 'got', 'nothing')}`,
    },
    mend: { ru: 'Исправьте правила или саму проверку.', en: 'Mend the rules or the test itself.' },
  };
}

/** An expression that took too long has decided nothing. */
function refuseSlow(error: unknown): never {
  if (!(error instanceof OutOfTime)) throw error;
  throw new Unavailable({
    ru: 'Выражение в проверках считалось слишком долго: попробуйте ещё раз или упростите его',
    en: 'An expression in the tests took too long: try again, or make it simpler',
  });
}
