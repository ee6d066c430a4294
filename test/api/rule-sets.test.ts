import { createHash } from 'node:crypto';
import { canonicalJson, graphSchema } from '../../rules/index.js';
import { startApp, type TestApp, type TestCaller } from '../support/app.js';
import { Desk } from './desk.js';
import { answering } from './graphs.js';

let app: TestApp;
let admin: TestCaller;

beforeAll(async () => {
  app = await startApp();
  admin = await app.signIn('admin');
});
afterAll(() => app.close());

interface Problems {
  problems: { code: string; path?: string; text: { ru: string } }[];
  errors: { path: string; detail: string }[];
}
let names = 0;

async function newRuleSet(graph?: unknown): Promise<string> {
  const answer = await admin.request<{ id: string }>('POST', '/api/rule-sets', { name: `Набор ${(names += 1)}`, graph });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

async function draftOf(id: string): Promise<{ graph: Record<string, unknown>; revision: number }> {
  return (await admin.request<{ graph: Record<string, unknown>; revision: number }>('GET', `/api/rule-sets/${id}/draft`)).body;
}

async function save(id: string, graph: unknown) {
  const { revision } = await draftOf(id);
  return admin.request<{ revision: number } & Problems>('PUT', `/api/rule-sets/${id}/draft`, { graph, revision });
}

async function rowOf(id: string): Promise<Record<string, unknown>> {
  return (await admin.request('GET', `/api/rule-sets/${id}`)).body;
}

describe('the search in all drafts', () => {
  const find = (q: string, language = 'ru') =>
    admin.request<{ items: { ruleSet: { id: string }; kind: string; id: string; excerpt: string }[]; more: boolean }>(
      'GET',
      `/api/rule-sets/found?${new URLSearchParams({ q, language })}`,
    );

  it('finds steps by their texts and notes by theirs, whatever the case, in the drafts of this account only', async () => {
    const id = await newRuleSet({ ...answering('Бегемоты уже в пути'), notes: [{ id: 'n', text: 'про БЕГЕМОТА', position: [0, 0] }] });
    await newRuleSet(answering('Жирафы'));
    const { status, body } = await find('бегемот');
    expect(status).toBe(200);
    expect(body.items.map(({ ruleSet, kind }) => [ruleSet.id, kind])).toEqual([
      [id, 'node'],
      [id, 'note'],
    ]);
    expect(body.items[0]?.excerpt).toContain('Бегемоты');
    expect(body.more).toBe(false);
    const stranger = await app.signIn('admin', await app.newAccount());
    expect(
      (await stranger.request<{ items: unknown[] }>('GET', '/api/rule-sets/found?q=%D0%B1%D0%B5%D0%B3%D0%B5%D0%BC%D0%BE%D1%82')).body.items,
    ).toEqual([]);
  });

  it('stops at a hundred places and says that there are more; refuses an empty query', async () => {
    const nodes = Array.from({ length: 120 }, (_, index) => ({ id: `s${index}`, type: 'reply', settings: { text: 'окапи' } }));
    await newRuleSet({ format: 1, name: 'x', nodes, edges: [] });
    const { body } = await find('окапи');
    expect([body.items.length, body.more]).toEqual([100, true]);
    expect((await find('  ')).status).toBe(422);
  });
});

describe('drafts', () => {
  it('begin empty, come after the others, and are kept as they were sent', async () => {
    const [first, second] = [await newRuleSet(), await newRuleSet()];
    const graph = { ...answering('Да'), notes: [{ id: 'n', text: 'не забыть', position: [5, 5] }] };
    expect((await save(second, graph)).status).toBe(200);
    expect((await draftOf(second)).graph).toEqual(graph);
    expect((await draftOf(first)).graph).toMatchObject({ format: 1, nodes: [], edges: [] });
    const priority = async (id: string) => Number((await rowOf(id))['priority']);
    expect(await priority(second)).toBeGreaterThan(await priority(first));
  });

  it('refuse a revision that somebody saved over, and keep what he saved', async () => {
    const id = await newRuleSet(answering('Первый'));
    const { revision } = await draftOf(id);
    const put = (text: string) => admin.request('PUT', `/api/rule-sets/${id}/draft`, { graph: answering(text), revision });
    const answers = await Promise.all([put('Анна'), put('Борис'), put('Вера')]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    const { graph, revision: now } = await draftOf(id);
    expect(JSON.stringify(graph)).toContain(['Анна', 'Борис', 'Вера'][winner]);
    expect(now).toBe(revision + 1);
  });

  it('may be unfinished: what is wrong with a node is a finding, not a refusal', async () => {
    const id = await newRuleSet();
    const graph = { ...answering('x'), nodes: [{ id: 'in', type: 'on-moon', settings: {} }] };
    const answer = await save(id, graph);
    expect(answer.status).toBe(200);
    expect(answer.body.problems.map(({ code }) => code)).toEqual(expect.arrayContaining(['unknown-type', 'unknown-node']));
    expect(await rowOf(id)).toMatchObject({ changed: true, publishedVersion: null, errors: answer.body.problems.length });
  });

  it.each([
    ['a list', [], 'graph'],
    ['a newer format', { format: 2, name: 'x', nodes: [], edges: [] }, 'graph.format'],
    ['an unknown key', { ...answering('x'), nodes: [{ id: 'in', type: 'reply', settings: {}, colour: 'red' }] }, 'graph.nodes[0].colour'],
    ['a bad id', { ...answering('x'), nodes: [{ id: 'a b', type: 'reply', settings: {} }] }, 'graph.nodes[0].id'],
  ])('refuse %s, which no editor could open, naming the place', async (_, graph, path) => {
    const id = await newRuleSet();
    const answer = await save(id, graph);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((error) => error.path)).toContain(path);
    expect((await draftOf(id)).revision).toBe(1);
  });

  it('take a large graph and refuse one over 2 MB', async () => {
    const id = await newRuleSet();
    expect((await save(id, answering('я'.repeat(400_000)))).status).toBe(200);
    expect((await save(id, answering('я'.repeat(1_100_000)))).status).toBe(413);
  });
});

describe('publishing', () => {
  const publish = (id: string, body: unknown = {}) =>
    admin.request<{ version: number } & Problems>('POST', `/api/rule-sets/${id}/publish`, body);

  it('freezes the draft as it is, with its hash, note and author, and makes it live', async () => {
    const id = await newRuleSet(answering('Здравствуйте'));
    expect((await publish(id, { note: 'первая' })).body).toEqual({ version: 1 });
    await save(id, answering('Добрый день'));
    const { body } = await admin.request<{ graph: unknown; hash: string }>('GET', `/api/rule-sets/${id}/versions/1`);
    expect(body).toMatchObject({ version: 1, note: 'первая', author: 'Проба admin', live: true, graph: answering('Здравствуйте') });
    expect(body.hash).toBe(
      createHash('sha256')
        .update(canonicalJson(graphSchema.parse(answering('Здравствуйте'))))
        .digest('hex'),
    );
    expect(await rowOf(id)).toMatchObject({ publishedVersion: 1, changed: true });
  });

  it('sees no change where only a card was moved', async () => {
    const id = await newRuleSet(answering('Здравствуйте'));
    await publish(id);
    const graph = answering('Здравствуйте');
    graph.nodes[0]!.position = [500, 500];
    await save(id, graph);
    expect(await rowOf(id)).toMatchObject({ changed: false });
  });

  it('is refused with the problems of the check, and nothing becomes live', async () => {
    const id = await newRuleSet({ ...answering('x'), edges: [{ from: 'in.sideways', to: 'hello' }] });
    const answer = await publish(id);
    expect(answer.status).toBe(422);
    expect(answer.body.problems).toEqual([expect.objectContaining({ code: 'unknown-port', severity: 'error', node: 'in' })]);
    expect(answer.body.errors).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ publishedVersion: null });
  });

  it('compares names with the account’s own', async () => {
    const graph = answering('x');
    const nodes = [...graph.nodes, { id: 'move', type: 'set-stage', settings: { pipeline: 'Воронка', stage: 'Луна' }, position: [9, 9] }];
    const id = await newRuleSet({ ...graph, nodes, edges: [...graph.edges, { from: 'hello.next', to: 'move' }] });
    expect((await publish(id)).body.problems).toEqual([expect.objectContaining({ node: 'move', severity: 'error' })]);
  });

  it('is refused when a stored test fails, telling which and where', async () => {
    const tests = [
      {
        name: 'отвечаем',
        events: [{ type: 'message-received', message: { text: 'да' } }],
        expect: [{ effects: [{ type: 'send-message', text: 'Нет' }] }],
      },
    ];
    const id = await newRuleSet({ ...answering('Да'), tests });
    const answer = await publish(id);
    expect(answer.status).toBe(422);
    expect(answer.body.problems).toEqual([expect.objectContaining({ code: 'test-failed', path: 'tests[0]' })]);
    expect(answer.body.problems[0]?.text.ru).toContain('отвечаем');
    await save(id, { ...answering('Нет'), tests });
    expect((await publish(id)).status).toBe(200);
  });

  it('is refused when the draft is not the one that was looked at', async () => {
    const id = await newRuleSet(answering('x'));
    const { revision } = await draftOf(id);
    await save(id, answering('y'));
    expect((await publish(id, { revision })).status).toBe(409);
    expect((await publish(id, { revision: revision + 1 })).status).toBe(200);
  });

  it('gives two who publish at once two versions in a row', async () => {
    const id = await newRuleSet(answering('x'));
    const answers = await Promise.all(Array.from({ length: 8 }, () => publish(id)));
    expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await rowOf(id)).toMatchObject({ publishedVersion: 8 });
  });

  it('goes back to an older version and leaves the draft alone', async () => {
    const id = await newRuleSet(answering('раз'));
    await publish(id);
    await save(id, answering('два'));
    await publish(id);
    const { revision } = await draftOf(id);
    expect((await admin.request('POST', `/api/rule-sets/${id}/rollback`, { version: 1 })).body).toEqual({ version: 1 });
    const { body } = await admin.request<{ items: { version: number; live: boolean }[] }>('GET', `/api/rule-sets/${id}/versions`);
    expect(body.items.map(({ version, live }) => [version, live])).toEqual([
      [2, false],
      [1, true],
    ]);
    expect(await draftOf(id)).toMatchObject({ revision, graph: answering('два') });
    expect((await admin.request('POST', `/api/rule-sets/${id}/rollback`, { version: 3 })).status).toBe(422);
    const [audit] = await app.database.query(`SELECT details FROM audit_log WHERE action = 'rule-set.rollback' AND details ->> 'id' = $1`, [
      id,
    ]);
    expect(audit).toMatchObject({ details: { version: 1, before: 2 } });
  });

  it('lists versions by pages', async () => {
    const id = await newRuleSet(answering('x'));
    for (let version = 1; version <= 5; version++) await publish(id);
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const url: string = `/api/rule-sets/${id}/versions?limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await admin.request<{ items: { version: number }[]; nextCursor: string | null }>('GET', url);
      seen.push(...body.items.map(({ version }) => version));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });
});

describe('the list', () => {
  it('refuses a name in use, unknown fields, and removal while at work', async () => {
    const id = await newRuleSet(answering('x'));
    const { name } = (await rowOf(id)) as { name: string };
    expect((await admin.request('POST', '/api/rule-sets', { name })).status).toBe(409);
    const other = await newRuleSet();
    expect((await admin.request('PATCH', `/api/rule-sets/${other}`, { name })).status).toBe(409);
    expect((await admin.request<Problems>('PATCH', `/api/rule-sets/${other}`, { publishedVersion: 1 })).body.errors[0]?.path).toBe(
      'publishedVersion',
    );
    await admin.request('POST', `/api/rule-sets/${id}/publish`, {});
    expect((await admin.request('DELETE', `/api/rule-sets/${id}`)).status).toBe(409);
    expect((await admin.request('PATCH', `/api/rule-sets/${id}`, { enabled: false, priority: 3 })).status).toBe(204);
    expect(await rowOf(id)).toMatchObject({ enabled: false, priority: 3 });
    expect((await admin.request('DELETE', `/api/rule-sets/${id}`)).status).toBe(204);
    expect((await admin.request('GET', `/api/rule-sets/${id}`)).status).toBe(404);
  });

  it('notices that a name which a draft uses is gone', async () => {
    const { body: pipeline } = await admin.request<{ id: string }>('POST', '/api/pipelines', {
      name: 'Запас',
      stages: [{ name: 'Начало', open: true }],
    });
    const graph = answering('x');
    const nodes = [...graph.nodes, { id: 'move', type: 'set-stage', settings: { pipeline: 'Запас', stage: 'Начало' }, position: [9, 9] }];
    const id = await newRuleSet({ ...graph, nodes, edges: [...graph.edges, { from: 'hello.next', to: 'move' }] });
    expect(await rowOf(id)).toMatchObject({ errors: 0 });
    await admin.request('DELETE', `/api/pipelines/${pipeline.id}`);
    expect(await rowOf(id)).toMatchObject({ errors: 1 });
  });

  it('is read by analysts, who edit drafts and publish nothing, and closed to operators', async () => {
    const id = await newRuleSet(answering('x'));
    const analyst = await app.signIn('analyst');
    expect((await analyst.request('PUT', `/api/rule-sets/${id}/draft`, { graph: answering('y'), revision: 1 })).status).toBe(200);
    expect((await analyst.request('POST', `/api/rule-sets/${id}/publish`, {})).status).toBe(403);
    expect((await (await app.signIn('operator')).request('GET', '/api/rule-sets')).status).toBe(403);
    expect(await rowOf(id)).toMatchObject({ updatedBy: 'Проба analyst' });
  });
});

it('counts how often each step ran, by version', async () => {
  const id = await newRuleSet(answering('x'));
  const desk = new Desk(app.database, admin.accountId);
  const { id: message_id } = await desk.chat();
  const trace = JSON.stringify([
    { node: 'in', port: 'next' },
    { node: 'hello', port: 'next' },
  ]);
  await desk.run({ rule_set_id: id, message_id, trace });
  await desk.run({ rule_set_id: id, message_id, trace: '[{"node":"in","port":"next"}]', version: 2 });
  await desk.run({ rule_set_id: id, message_id, trace, at: new Date(Date.now() - 3 * 86_400_000) });
  const counts = async (query: string) => (await admin.request('GET', `/api/rule-sets/${id}/counts${query}`)).body;
  expect(await counts('')).toEqual({ nodes: { in: 2, hello: 1 }, edges: { 'in.next': 2, 'hello.next': 1 } });
  expect(await counts('?version=2')).toEqual({ nodes: { in: 1 }, edges: { 'in.next': 1 } });
  expect(await counts('?days=7&version=1')).toMatchObject({ nodes: { in: 2, hello: 2 } });
  expect(await rowOf(id)).toMatchObject({ runsToday: 2 });
});

describe('rule sets that run beside', () => {
  const wired = (nodes: unknown[], ...wires: [string, string][]) => ({
    format: 1,
    name: 'x',
    nodes,
    edges: wires.map(([from, to]) => ({ from, to })),
  });

  it('are looked at before one goes live: what both answer is told with a message that shows it', async () => {
    const first = await newRuleSet(answering('Первый'));
    expect((await admin.request('POST', `/api/rule-sets/${first}/publish`, {})).status).toBe(200);
    const { name } = (await rowOf(first)) as { name: string };
    const second = await newRuleSet(answering('Второй'));
    const named = async () => {
      const { body } = await admin.request<{ items: Problems['problems'] }>('GET', `/api/rule-sets/${second}/conflicts`);
      return body.items.filter(({ code, text }) => code === 'both-answer' && text.ru.includes(`«${name}»`)).length;
    };
    expect(await named()).toBe(1);
    await admin.request('PATCH', `/api/rule-sets/${first}`, { enabled: false });
    expect(await named()).toBe(0);
  });

  it('are played in the tests of one that calls them, and a circle of calls is not published', async () => {
    const common = await newRuleSet(answering('Общий ответ'));
    const { name } = (await rowOf(common)) as { name: string };
    expect((await admin.request('POST', `/api/rule-sets/${common}/publish`, {})).status).toBe(200);
    const tests = [
      {
        name: 'отвечает общими правилами',
        events: [{ type: 'message-received', message: { text: 'Привет' }, contact: { id: '1' } }],
        expect: [{ status: 'passed', effects: [{ type: 'send-message', text: 'Общий ответ' }] }],
      },
    ];
    const graph = wired(
      [
        { id: 'in', type: 'on-message', settings: {} },
        { id: 'common', type: 'call', settings: { ruleSet: name } },
      ],
      ['in.next', 'common'],
    );
    const caller = await newRuleSet({ ...graph, tests });
    expect((await admin.request('POST', `/api/rule-sets/${caller}/publish`, {})).status).toBe(200);
    const { name: callers } = (await rowOf(caller)) as { name: string };
    const circle = { ...graph, nodes: [graph.nodes[0], { id: 'common', type: 'call', settings: { ruleSet: callers } }] };
    expect((await save(common, circle)).status).toBe(200);
    const refused = await admin.request<Problems>('POST', `/api/rule-sets/${common}/publish`, {});
    expect(refused.status).toBe(422);
    expect(refused.body.problems.map(({ code }) => code)).toContainEqual(expect.stringMatching(/call/));
  });
});
