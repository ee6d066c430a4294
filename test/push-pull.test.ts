import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runRazvilka } from '../cli/testing/run-razvilka.js';
import { canonicalJson, graphSchema, type RuleGraph } from '../rules/index.js';
import { startApp, type TestApp, type TestCaller } from './support/app.js';

/* Graphs between files and a server, by the real command line and a real token. */
let app: TestApp;
let admin: TestCaller;
let token: string;
let folder: string;

beforeEach(async () => {
  const account = await app.newAccount();
  admin = await app.signIn('admin', account);
  const made = await admin.request<{ token: string }>('POST', '/api/tokens', { name: 'git', role: 'admin' });
  ({ token } = made.body);
  folder = await mkdtemp(join(tmpdir(), 'razvilka-push-'));
});
beforeAll(async () => {
  app = await startApp({ listen: true });
});
afterAll(() => app.close());

async function sample(): Promise<RuleGraph> {
  return graphSchema.parse(JSON.parse(await readFile('samples/night-autoresponder.rules.json', 'utf8')));
}

/** Runs in the folder as people do; gives what it printed, with the address of the server as the docs spell it. */
async function run(...args: string[]) {
  const ended = await runRazvilka([...args, '--server', app.url, '--token', token], { cwd: folder });
  const spell = (text: string) => text.replaceAll(app.url, 'https://rules.example.com');
  return { code: ended.code, stdout: spell(ended.stdout), stderr: spell(ended.stderr) };
}

const put = (name: string, graph: RuleGraph) => writeFile(join(folder, name), canonicalJson(graph));
const get = async (name: string) => graphSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));

function answering(graph: RuleGraph, text: string): RuleGraph {
  return { ...graph, nodes: graph.nodes.map((node) => (node.type === 'reply' ? { ...node, settings: { ...node.settings, text } } : node)) };
}

/** Changes the draft on the server, as a colleague does in the browser. */
async function changeThere(name: string, text: string): Promise<void> {
  const { items } = (await admin.request<{ items: { id: string; name: string }[] }>('GET', '/api/rule-sets')).body;
  const { id } = items.find((one) => one.name === name) ?? { id: '' };
  const { graph, revision } = (await admin.request<{ graph: unknown; revision: number }>('GET', `/api/rule-sets/${id}/draft`)).body;
  const changed = answering(graphSchema.parse(graph), text);
  expect((await admin.request('PUT', `/api/rule-sets/${id}/draft`, { graph: changed, revision })).status).toBe(200);
}

it('prints what docs/command-line.md shows of push and pull', async () => {
  const page = await readFile('docs/command-line.md', 'utf8');
  const blocks = [...page.matchAll(/```console\n((?:\$ npx razvilka (?:push|pull)[^]*?)+)```/g)].flatMap(([, block = '']) =>
    [...block.matchAll(/\$ npx razvilka ([^\n]+)\n([^$]*)/g)].map(([, command = '', printed = '']) => ({ command, printed })),
  );
  expect(blocks.length).toBeGreaterThanOrEqual(3);
  await put('night-autoresponder.rules.json', await sample());
  for (const { command, printed } of blocks) {
    const { stdout } = await run(...command.split(' '));
    expect({ command, stdout: stdout.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-11-21T10:00:00.000Z') }).toEqual({
      command,
      stdout: printed,
    });
    if (command.includes('--publish')) await changeThere('Ночной автоответчик', 'Мы спим');
  }
});

it('a graph goes there and comes back as the same bytes', async () => {
  const graph = await sample();
  await put('mine.rules.json', graph);
  expect(await run('push', 'mine.rules.json')).toMatchObject({ code: 0, stderr: '' });
  const other = await mkdtemp(join(tmpdir(), 'razvilka-pull-'));
  expect((await run('pull', '--dir', other)).code).toBe(0);
  const [file = ''] = (await readdir(other)).filter((name) => name.endsWith('.rules.json'));
  expect(file).toBe('Ночной автоответчик.rules.json');
  expect(await readFile(join(other, file), 'utf8')).toBe(canonicalJson(graph));
});

it('a draft that a colleague changed meanwhile stays, and so does a file that was changed here', async () => {
  const graph = await sample();
  await put('mine.rules.json', graph);
  await run('push', 'mine.rules.json');
  await changeThere(graph.name, 'Чужое');
  await put('mine.rules.json', answering(graph, 'Моё'));

  const push = await run('push', 'mine.rules.json');
  expect(push).toMatchObject({ code: 1, stdout: expect.stringContaining('mine.rules.json: refused: the draft of “Ночной автоответчик”') });
  const pull = await run('pull');
  expect(pull).toMatchObject({ code: 1, stdout: expect.stringContaining('mine.rules.json: kept:') });
  expect(JSON.stringify(await get('mine.rules.json'))).toContain('Моё');

  expect(await run('push', 'mine.rules.json', '--force')).toMatchObject({ code: 0, stdout: expect.stringContaining('saved') });
  expect((await run('pull')).stdout).toContain('nothing to change');
});

it('a pull makes the next push possible', async () => {
  await put('mine.rules.json', await sample());
  await run('push', 'mine.rules.json');
  await changeThere('Ночной автоответчик', 'Чужое');
  expect(await run('pull')).toMatchObject({ code: 0, stdout: 'mine.rules.json: updated\n' });
  await put('mine.rules.json', answering(await get('mine.rules.json'), 'Общее'));
  expect(await run('push', 'mine.rules.json')).toMatchObject({ code: 0, stdout: expect.stringContaining('saved') });
});

it('publishes, or says what stands in the way, step by step', async () => {
  const graph = await sample();
  await put('mine.rules.json', graph);
  expect((await run('push', 'mine.rules.json', '--publish', '--note', 'из git')).stdout).toContain('published as version 1');
  await put('mine.rules.json', { ...graph, edges: [...graph.edges, { from: 'in.sideways', to: 'hello' }] });
  expect(await run('push', 'mine.rules.json', '--publish')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('mine.rules.json:in: error unknown-port'),
  });
  const live = await mkdtemp(join(tmpdir(), 'razvilka-live-'));
  await run('pull', '--live', '--dir', live);
  expect(await readFile(join(live, 'Ночной автоответчик.rules.json'), 'utf8')).toBe(canonicalJson(graph));
});

it.each([
  ['no token', ['pull', '--server', 'http://127.0.0.1:1'], 'An API token is needed'],
  ['no server', ['pull', '--token', 'x'], 'The server’s address is needed'],
  ['an address that is none', ['pull', '--server', 'rules', '--token', 'x'], '--server rules: not an address'],
  ['a server that is not there', ['pull', '--server', 'http://127.0.0.1:1', '--token', 'x'], 'http://127.0.0.1:1 does not answer'],
  ['no file', ['push', '--server', 'http://127.0.0.1:1', '--token', 'x'], 'Graph files expected'],
])('%s is told, with exit code 2', async (_, args, told) => {
  const ended = await runRazvilka(args, { cwd: folder, env: { RAZVILKA_TOKEN: '', RAZVILKA_SERVER: '' } });
  expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(told) });
});

it('the role of the token decides', async () => {
  await put('mine.rules.json', await sample());
  const strange = await runRazvilka(['pull', '--server', app.url, '--token', 'rzv_nobody'], { cwd: folder });
  expect(strange).toMatchObject({ code: 2, stderr: expect.stringContaining('does not know this token') });
  const analyst = await admin.request<{ token: string }>('POST', '/api/tokens', { name: 'чтение', role: 'analyst' });
  token = analyst.body.token;
  expect((await run('push', 'mine.rules.json')).code).toBe(0);
  expect(await run('push', 'mine.rules.json', '--publish')).toMatchObject({ code: 2, stderr: expect.stringContaining('role') });
});
