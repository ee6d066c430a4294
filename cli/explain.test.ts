import { runRazvilka } from './testing/run-razvilka.js';

const sample = 'samples/shop-desk.rules.json';
const night = 'samples/night-autoresponder.rules.json';
const events = ['--events', 'samples/night-autoresponder.events.jsonl'];

// The first call builds, if it must; the others then do not race for it.
beforeAll(async () => {
  expect(await runRazvilka(['help'])).toMatchObject({ code: 0 });
}, 120_000);

it('tells the steps of an event with their reasons, conditions and effects', async () => {
  const { code, stdout } = await runRazvilka(['explain', sample, ...events, '--event', 'm1'], { locale: 'ru_RU.UTF-8' });
  expect(code).toBe(0);
  expect(stdout).toContain('m1 · message-received · 2026-03-02T18:20:00+03:00 — прошло\n  1. in «Любое обращение» → next (дальше)\n');
  expect(stdout).toContain('  2. spam «Реклама» → pass (прошло): ни одного слова из списка\n');
  expect(stdout).toContain('known «Сделка уже есть?» → no (нет): условие не выполнено\n       ✗ ID сделки задано — deal.id: нет\n');
  expect(stdout).toContain('       {"type":"open-deal"}\n');
});

it('tells why a node did not run, and what would have made it run', async () => {
  const { code, stdout } = await runRazvilka(['explain', sample, ...events, '--event', 'm4', '--node', 'task']);
  expect(code).toBe(0);
  expect(stdout).toContain(
    'Why task did not run:\n  spam left by filtered, and pass leads to task: found the word “Кредит” by the pattern *кредит*\n',
  );
  expect(stdout).toContain('"Кредит за пять минут" → "за пять минут"; at: "2026-03-03T02:41:00+03:00" → "2026-03-02T20:59:00+03:00"\n');
  expect((await runRazvilka(['explain', sample, ...events, '--event', 'm4', '--node', 'junk'])).stdout).toContain('junk did run.');
});

it('gives programs the line, the steps and the changed event', async () => {
  const { stdout } = await runRazvilka(['explain', night, ...events, '--event', 'm1', '--node', 'hello', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    line: { event: 'm1', status: 'passed' },
    steps: [{ node: 'in' }, { node: 'spam' }, { node: 'night', port: 'outside' }],
    missed: { ran: false, blocks: [{ node: 'night', wanted: ['inside'] }], changes: [{ changes: [{ field: 'at' }], event: { id: 'm1' } }] },
  });
});

it.each([
  ['an event that is not in the file', [sample, '--event', 'm9'], 'there is no event m9'],
  ['no event', [sample], '--event ID'],
  ['a node that does not exist', [sample, '--event', 'm1', '--node', 'x'], '--node x: there is no such node'],
  ['a node of several rule sets', [sample, night, '--event', 'm1', '--node', 'in'], 'Стол заказов/in, Ночной автоответчик/in'],
])('refuses %s with exit code 2', async (_, args, text) => {
  expect(await runRazvilka(['explain', ...args, ...events])).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(text) });
});

it('takes a node of one of several rule sets by both names', async () => {
  const { stdout } = await runRazvilka(['explain', night, sample, ...events, '--event', 'm4', '--node', 'Стол заказов/in']);
  expect(stdout).toContain('Ночной автоответчик/spam dropped the event: these rules did not get the event');
});
