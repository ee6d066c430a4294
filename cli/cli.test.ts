import { readFile } from 'node:fs/promises';
import { runRazvilka, writeFiles } from './testing/run-razvilka.js';

const sample = 'samples/night-autoresponder.rules.json';
const events = 'samples/night-autoresponder.events.jsonl';

// The first call builds, if it must; the others then do not race for it.
beforeAll(async () => {
  expect(await runRazvilka(['help'])).toMatchObject({ code: 0 });
}, 120_000);

async function variants() {
  const graph = JSON.parse(await readFile(sample, 'utf8')) as {
    nodes: { settings: unknown }[];
    tests: { expect: unknown[] }[];
    name: string;
  };
  return writeFiles({
    'sound.rules.json': graph,
    'bom.rules.json': `\uFEFF${JSON.stringify(graph)}`,
    'misspelt.rules.json': {
      ...graph,
      nodes: graph.nodes.map((node, index) => (index === 1 ? { ...node, settings: { txet: 'x' } } : node)),
    },
    'moved.rules.json': { ...graph, nodes: graph.nodes.map((node) => ({ ...node, position: [5, 5] })) },
    'renamed.rules.json': { ...graph, name: 'Другое' },
    'failing.rules.json': { ...graph, tests: [{ ...graph.tests[0], expect: [{ status: 'filtered' }] }] },
    'newer.rules.json': { format: 2 },
    'broken.rules.json': '{\n  "format": 1,\n  "name": x\n}',
    'bad.jsonl': '{"type":"call-missed"}\n\n{"type":"call-missed","at":"yesterday"}\n',
    'torn.jsonl': '{"type":"call-missed"}\n{"type":\n',
    'bom.jsonl': '\uFEFF{"type":"call-missed"}\r\n{"type":"call-missed"}\r\n',
  });
}

describe('run', () => {
  it('prints one JSON line an event', async () => {
    const { code, stdout, stderr } = await runRazvilka(['run', sample, '--events', events]);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines.map(({ event, status }) => [event, status])).toEqual([
      ['m1', 'passed'],
      ['m2', 'passed'],
      ['m3', 'passed'],
      ['m4', 'filtered'],
      ['m5', 'passed'],
    ]);
    expect(Object.keys(lines[0] ?? {})).toEqual(['event', 'type', 'at', 'status', 'effects', 'trace']);
    expect(lines[1]).toEqual({
      event: 'm2',
      type: 'message-sent',
      at: '2026-03-02T18:24:00+03:00',
      status: 'passed',
      effects: [],
      trace: [],
    });
    expect(lines[2]).toMatchObject({
      effects: [{ type: 'send-message', node: 'hello' }],
      trace: [
        ['in', 'next'],
        ['spam', 'pass'],
        ['night', 'inside'],
        ['hello', 'next'],
      ],
    });
    expect(lines[3]).toMatchObject({
      effects: [],
      trace: [
        ['in', 'next'],
        ['spam', 'drop'],
      ],
      reason: { node: 'spam' },
    });
  });

  it('gives the same bytes for the same input', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => runRazvilka(['run', sample, '--events', events])));
    expect(one?.stdout).toBe(two?.stdout);
  });

  it('reads events from standard input, and takes an instant to run until', async () => {
    const input = await readFile(events, 'utf8');
    const piped = await runRazvilka(['run', sample, '--events', '-', '--until', '2026-03-04T00:00:00Z'], { input });
    expect(piped.stdout).toBe((await runRazvilka(['run', sample, '--events', events])).stdout);
  });

  it('names the rule set in everything when several run, in the order of the command line', async () => {
    const files = await variants();
    const { stdout } = await runRazvilka(['run', sample, files['renamed.rules.json'], '--events', events]);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { trace: unknown[]; effects: { ruleSet: string }[] });
    expect(lines[2]?.trace.at(0)).toEqual(['in', 'next', { ruleSet: 'Ночной автоответчик' }]);
    expect(lines[2]?.effects.map(({ ruleSet }) => ruleSet)).toEqual(['Ночной автоответчик', 'Другое']);
    expect(lines[3]).toMatchObject({ reason: { node: 'spam', ruleSet: 'Ночной автоответчик' } });
  });

  it('tolerates a byte order mark and Windows line ends', async () => {
    const files = await variants();
    const { code, stdout } = await runRazvilka(['run', files['bom.rules.json'], '--events', files['bom.jsonl']]);
    expect({ code, lines: stdout.trimEnd().split('\n').length }).toEqual({ code: 0, lines: 2 });
  });
});

describe('input that cannot be used', () => {
  it.each([
    ['an unreadable graph', ['run', 'nowhere.rules.json', '--events', events], 'nowhere.rules.json: cannot read'],
    ['an unreadable events file', ['run', sample, '--events', 'nowhere.jsonl'], 'nowhere.jsonl: cannot read'],
    ['a folder for events', ['run', sample, '--events', 'samples'], 'samples: cannot read'],
    ['bad JSON in a graph', ['run', 'broken.rules.json', '--events', events], 'broken.rules.json:3: bad JSON'],
    ['a newer format', ['run', 'newer.rules.json', '--events', events], 'newer.rules.json: '],
    ['a newer format under check', ['check', 'newer.rules.json'], 'newer.rules.json: '],
    ['a wrong event', ['run', sample, '--events', 'bad.jsonl'], 'bad.jsonl:3: the event is not right: field at:'],
    ['a torn event', ['run', sample, '--events', 'torn.jsonl'], 'torn.jsonl:2: bad JSON'],
    ['a graph with an error', ['run', 'misspelt.rules.json', '--events', events], 'misspelt.rules.json:spam: error unknown-setting'],
    ['a graph with an error under test', ['test', 'misspelt.rules.json'], 'nodes[1].settings.txet'],
    ['two rule sets of one name', ['run', sample, 'sound.rules.json', '--events', events], 'sound.rules.json:$: error duplicate-rule-set'],
    ['an option that does not exist', ['check', sample, '--evnets', 'x'], '--evnets'],
    ['a command that does not exist', ['rnu', sample], 'No command “rnu”'],
    ['no events', ['run', sample], '--events FILE'],
    ['a wrong instant to run until', ['run', sample, '--events', events, '--until', 'noon'], '--until noon'],
    ['one file to compare', ['diff', sample], 'given: 1'],
  ])('ends %s with exit code 2, the place on standard error and nothing on standard output', async (_, args, message) => {
    const files: Record<string, string> = await variants();
    const { code, stdout, stderr } = await runRazvilka(args.map((arg) => files[arg] ?? arg));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    if (!message.includes('.jsonl:')) expect(stdout).toBe('');
  });

  it('prints what was decided before a bad line', async () => {
    const files = await variants();
    const { stdout } = await runRazvilka(['run', sample, '--events', files['bad.jsonl']]);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  it('speaks Russian under a Russian locale', async () => {
    expect((await runRazvilka(['run', 'nowhere.json', '--events', events], { locale: 'ru_RU.UTF-8' })).stderr).toContain(
      'файл не читается',
    );
  });
});

describe('check', () => {
  it('finds nothing in the samples', async () => {
    const { code, stdout } = await runRazvilka(['check', sample]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(await runRazvilka(['check', 'samples/shop-desk.rules.json'])).toMatchObject({ code: 0, stdout: '' });
  });

  it('prints what the format refuses, one finding a line, with exit code 1', async () => {
    const files = await variants();
    const { code, stdout } = await runRazvilka(['check', files['misspelt.rules.json']]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^.*misspelt\.rules\.json:spam: error unknown-setting .*\(nodes\[1\]\.settings\.txet\)\n$/);
  });

  it('finds two rule sets that answer one message, and shows it', async () => {
    const files = await variants();
    const { code, stdout } = await runRazvilka(['check', sample, files['renamed.rules.json']]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/renamed\.rules\.json:hello: warning both-answer .*For example: a client’s message, .* Moscow/);
    const json = await runRazvilka(['check', sample, files['renamed.rules.json'], '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject([{ code: 'both-answer', witness: { type: 'message-received' } }]);
  });

  it('compares names with the account', async () => {
    const { account } = await writeFiles({
      account: { users: [{ id: 'anna', name: 'Анна' }], pipelines: [{ name: 'Воронка', stages: [{ name: 'Неразобранное', open: true }] }] },
    });
    const { code, stdout } = await runRazvilka(['check', 'samples/shop-desk.rules.json', '--account', account, '--json']);
    const found = JSON.parse(stdout) as { node: string }[];
    expect(found.map(({ node }) => node)).toEqual(['olga']);
    expect([0, 1]).toContain(code);
  });
});

describe('test', () => {
  it('runs the tests of the samples', async () => {
    const { code, stdout } = await runRazvilka(['test', sample, 'samples/shop-desk.rules.json']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('8 passed, 0 failed') });
  });

  it('shows what differs, with exit code 1', async () => {
    const files = await variants();
    const { code, stdout } = await runRazvilka(['test', files['failing.rules.json']]);
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL');
    expect(stdout).toMatch(/line 1, status\n\s+expected "filtered"\n\s+came\s+"passed"/);
    expect(stdout).toContain('0 passed, 1 failed');
  });
});

describe('diff', () => {
  it('finds graphs equal that differ in places on the canvas', async () => {
    const files = await variants();
    const { code, stdout } = await runRazvilka(['diff', sample, files['moved.rules.json']]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'The graphs mean the same.\nMoved: in, spam, night, hello\n' });
  });

  it('tells what changed, with exit code 1', async () => {
    const files = await variants();
    const text = await runRazvilka(['diff', sample, files['renamed.rules.json']]);
    expect(text).toMatchObject({ code: 1, stdout: '~ name: "Ночной автоответчик" → "Другое"\n' });
    const json = await runRazvilka(['diff', sample, files['renamed.rules.json'], '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ equal: false, graph: [{ path: 'name' }] });
  });
});

describe('bench', () => {
  it('measures the graph and prints the figures', async () => {
    const { code, stdout } = await runRazvilka(['bench', sample, '--events', events, '--json']);
    const figures = JSON.parse(stdout) as Record<string, number>;
    expect(code).toBe(0);
    expect(Object.keys(figures)).toEqual(['events', 'seconds', 'perSecond', 'cpuMicrosPerEvent', 'p50Micros', 'p99Micros']);
    for (const value of Object.values(figures)) expect(value).toBeGreaterThan(0);
    expect(figures.seconds).toBeGreaterThanOrEqual(5);
    expect(figures.p99Micros).toBeGreaterThanOrEqual(figures.p50Micros ?? 0);
  }, 30_000);
});
