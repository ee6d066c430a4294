import { readFile } from 'node:fs/promises';
import { runRazvilka, writeFiles } from './testing/run-razvilka.js';

const sample = 'samples/night-autoresponder.rules.json';
const events = 'samples/night-autoresponder.events.jsonl';

// The first call builds, if it must; the others then do not race for it.
beforeAll(async () => {
  expect(await runRazvilka(['help'])).toMatchObject({ code: 0 });
}, 120_000);

async function variants() {
  const graph = JSON.parse(await readFile(sample, 'utf8')) as { nodes: { id: string; settings: Record<string, unknown> }[]; name: string };
  const withSetting = (id: string, settings: object) => ({
    ...graph,
    nodes: graph.nodes.map((node) => (node.id === id ? { ...node, settings: { ...node.settings, ...settings } } : node)),
  });
  return writeFiles({
    'later.rules.json': withSetting('night', { to: '09:00' }),
    'worded.rules.json': withSetting('hello', { text: 'Ответим утром.' }),
    'second.rules.json': { ...graph, name: 'Второй' },
    'moved.rules.json': { ...graph, nodes: graph.nodes.map((node) => ({ ...node, position: [1, 1] })) },
  });
}

it('says that nothing differs, with exit code 0', async () => {
  const files = await variants();
  expect(await runRazvilka(['backtest', sample, files['moved.rules.json'], '--events', events])).toEqual({
    code: 0,
    stdout: '5 events, 5 lines with timers: both versions decide alike.\n',
    stderr: '',
  });
});

it('shows each cause with both ways side by side, with exit code 1', async () => {
  const files = await variants();
  const { code, stdout } = await runRazvilka(['backtest', sample, files['later.rules.json'], '--events', events], {
    locale: 'ru_RU.UTF-8',
  });
  expect(code).toBe(1);
  expect(stdout).toContain('Событий 5, строк с таймерами 5. Различаются 1, из них 1 — в том, что увидят клиент и CRM.');
  expect(stdout).toContain('1. night: выход outside → inside: 1\n');
  expect(stdout).toContain('меняется: +send-message (1)');
  expect(stdout).toContain('события: m5');
  expect(stdout).toMatch(/\n {7}in next +in next\n/);
  expect(stdout).toMatch(/\n {7}night outside \(.*\) ≠ night inside \(.*\)\n {7} +≠ hello next/);
});

it('gives programs everything: causes, counts, all ids, both lines', async () => {
  const files = await variants();
  const { code, stdout } = await runRazvilka(['backtest', sample, files['worded.rules.json'], '--events', events, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    events: 5,
    lines: 5,
    differ: 1,
    outcomes: 1,
    groups: [
      {
        cause: { kind: 'effect', node: 'hello', path: 'text' },
        count: 1,
        changes: { '~send-message': 1 },
        events: ['m3'],
        example: { event: { id: 'm3' }, old: { event: 'm3', status: 'passed' }, new: { effects: [{ text: 'Ответим утром.' }] } },
      },
    ],
  });
});

it('takes several rule sets a side', async () => {
  const files = await variants();
  const both = ['--old', sample, '--old', files['second.rules.json'], '--new', sample];
  const { code, stdout } = await runRazvilka(['backtest', ...both, '--new', files['second.rules.json'], '--events', events]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('decide alike') });
  const fewer = await runRazvilka(['backtest', ...both, '--events', events, '--json']);
  expect(fewer.code).toBe(1);
});

it.each([
  ['one version', [sample]],
  ['three versions', [sample, sample, sample]],
  ['both ways of naming them', [sample, '--old', sample, '--new', sample]],
  ['one side only', ['--old', sample]],
])('refuses %s with exit code 2', async (_, args) => {
  const { code, stdout, stderr } = await runRazvilka(['backtest', ...args, '--events', events]);
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining('backtest OLD NEW') });
});

it('names the line of a bad event', async () => {
  const { ['bad.jsonl']: bad } = await writeFiles({ 'bad.jsonl': '{"type":"call-missed"}\n{"type":"nothing"}\n' });
  expect(await runRazvilka(['backtest', sample, sample, '--events', bad])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(`${bad}:2`),
  });
});
