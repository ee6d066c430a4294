import { runRazvilka, writeFiles } from '../../cli/testing/run-razvilka.js';
import { startApp, type TestApp } from '../support/app.js';
import { bareFinding, formatCases, type FormatCase } from './cases.js';

const isError = ({ severity }: { severity: string }) => severity === 'error';
const playable = formatCases.filter(({ lines }) => lines);

it('has files that are refused, files that are odd, and files that run', () => {
  expect(formatCases.length).toBeGreaterThanOrEqual(18);
  expect(formatCases.filter(({ findings }) => findings.some(isError)).length).toBeGreaterThanOrEqual(9);
  expect(playable.length).toBeGreaterThanOrEqual(9);
});

describe('the command line', () => {
  it.each(formatCases.map((one) => [one.name, one] as const))(
    '%s: finds and decides what is expected',
    async (_, { graph, findings, events, lines }) => {
      const files = await writeFiles({
        'x.rules.json': graph,
        'x.jsonl': (events ?? []).map((event) => `${JSON.stringify(event)}\n`).join(''),
      });
      const checked = await runRazvilka(['check', files['x.rules.json'], '--json']);
      expect((JSON.parse(checked.stdout) as FormatCase['findings']).map(bareFinding)).toEqual(findings);
      expect(checked.code).toBe(findings.some(isError) ? 1 : 0);
      if (!lines) return;
      const run = await runRazvilka(['run', files['x.rules.json'], '--events', files['x.jsonl']]);
      expect(run.stdout).toBe(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    },
  );
});

describe('the server', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  interface Body {
    id: string;
    problems: FormatCase['findings'];
  }

  /** A rule set in an account of its own, so that no other answers the same messages. */
  async function newRuleSet() {
    const admin = await app.signIn('admin', await app.newAccount());
    const { body } = await admin.request<Body>('POST', '/api/rule-sets', { name: 'Проба' });
    const { body: draft } = await admin.request<{ revision: number }>('GET', `/api/rule-sets/${body.id}/draft`);
    return {
      save: (graph: unknown) => admin.request<Body>('PUT', `/api/rule-sets/${body.id}/draft`, { graph, revision: draft.revision }),
      publish: () => admin.request<Body>('POST', `/api/rule-sets/${body.id}/publish`, {}),
    };
  }

  it.each(formatCases.map((one) => [one.name, one] as const))(
    '%s: finds what is expected, and publishes what is sound',
    async (_, { graph, findings }) => {
      const ruleSet = await newRuleSet();
      const saved = await ruleSet.save(graph);
      expect(saved.body.problems.map(bareFinding)).toEqual(findings);
      if (saved.status !== 200) {
        expect(findings.some(isError)).toBe(true);
        return;
      }
      const published = await ruleSet.publish();
      expect(published.status).toBe(findings.some(isError) ? 422 : 200);
      if (published.status === 422) expect(published.body.problems.map(bareFinding)).toEqual(findings.filter(isError));
    },
  );

  it.each(playable.map((one) => [one.name, one] as const))(
    '%s: decides what is expected, as the graph’s own test',
    async (_, { graph, events, lines = [] }) => {
      const withTest = (expected: unknown) => ({ ...(graph as object), tests: [{ name: 'строки', events, expect: expected }] });
      const ruleSet = await newRuleSet();
      await ruleSet.save(withTest(lines));
      expect((await ruleSet.publish()).status).toBe(200);
      // The same with one line that no version gives is refused: the test above did look at the lines.
      const other = await newRuleSet();
      await other.save(withTest(lines.map((line, index) => (index === lines.length - 1 ? { ...line, status: 'unheard' } : line))));
      expect((await other.publish()).body.problems).toEqual([expect.objectContaining({ code: 'test-failed' })]);
    },
  );
});
