import { startApp, type TestApp, type TestCaller } from '../support/app.js';
import { ForeignDesk } from '../support/foreign-desk.js';
import { waitUntil } from '../support/wait-until.js';
import { answering } from './graphs.js';

/* What is asked of a draft before it goes live, and what becomes of those who wait in the middle of what it changes. */
const foreign = new ForeignDesk();
let app: TestApp;
let owner: TestCaller;
let admin: TestCaller;
let hookUrl: string;

beforeAll(async () => {
  app = await startApp({ listen: true });
  [owner, admin] = [await app.signIn('owner'), await app.signIn('admin')];
  const settings = { secret: foreign.secret, deliverUrl: await foreign.listen() };
  const channel = await admin.request<{ hookUrl: string }>('POST', '/api/channels', { kind: 'webhook', name: 'Сайт', settings });
  hookUrl = `${app.url}${new URL(channel.body.hookUrl, app.url).pathname}`;
});
afterEach(async () => {
  await owner.request('PUT', '/api/publish-policy', { withoutWarnings: false, withTests: false, coverage: 0 });
});
afterAll(async () => {
  await app.close();
  await foreign.close();
});

type Graph = ReturnType<typeof answering> & { tests?: unknown[] };
type Problem = { code: string; severity: string };

async function newRuleSet(name: string, graph: unknown): Promise<string> {
  const made = await admin.request<{ id: string }>('POST', '/api/rule-sets', { name, graph });
  expect(made.status).toBe(201);
  return made.body.id;
}

async function save(id: string, graph: unknown): Promise<void> {
  const { revision } = (await admin.request<{ revision: number }>('GET', `/api/rule-sets/${id}/draft`)).body;
  expect((await admin.request('PUT', `/api/rule-sets/${id}/draft`, { graph, revision })).status).toBe(200);
}

function publish(id: string, body: unknown = {}) {
  return admin.request<{ version: number; waiting?: unknown; problems: Problem[] }>('POST', `/api/rule-sets/${id}/publish`, body);
}

async function auditOf(action: string): Promise<{ actor: string; subject: string; details: Record<string, unknown> }[]> {
  const { body } = await owner.request<{ items: { action: string; actor: string; subject: string; details: Record<string, unknown> }[] }>(
    'GET',
    '/api/audit?limit=200',
  );
  return body.items.filter((entry) => entry.action === action);
}

const tested: Graph = {
  ...answering('Здравствуйте'),
  tests: [
    {
      name: 'отвечает',
      events: [{ type: 'message-received', message: { text: 'Привет' }, contact: { id: '1' } }],
      expect: [{ status: 'passed', effects: [{ type: 'send-message' }] }],
    },
  ],
};

describe('the policy of an account', () => {
  it('asks for nothing until the owner says so, and only the owner may', async () => {
    const wanted = { withoutWarnings: true, withTests: true, coverage: 80 };
    expect((await admin.request('GET', '/api/publish-policy')).body).toEqual({ withoutWarnings: false, withTests: false, coverage: 0 });
    expect((await admin.request('PUT', '/api/publish-policy', wanted)).status).toBe(403);
    expect((await owner.request('PUT', '/api/publish-policy', { ...wanted, coverage: 101 })).status).toBe(422);
    expect((await owner.request('PUT', '/api/publish-policy', wanted)).body).toEqual(wanted);
    expect((await auditOf('publish-policy.change'))[0]?.details).toMatchObject({ after: wanted });
    const stranger = await app.signIn('owner', await app.newAccount('Соседи'));
    expect((await stranger.request('GET', '/api/publish-policy')).body).toMatchObject({ coverage: 0 });
  });

  it('holds on the server: what does not meet it is refused, or published with a reason that stays', async () => {
    const id = await newRuleSet('Без проверок', answering('Да'));
    await owner.request('PUT', '/api/publish-policy', { withoutWarnings: true, withTests: true, coverage: 50 });
    const refused = await publish(id);
    expect(refused.status).toBe(422);
    expect(refused.body.problems.map(({ code }) => code)).toEqual(['policy-tests', 'policy-coverage']);
    expect((await publish(id, { override: '   ' })).status).toBe(422);
    expect((await publish(id, { override: 'Срочно, клиенты ждут' })).body).toEqual({ version: 1 });
    expect((await auditOf('rule-set.override'))[0]).toMatchObject({
      actor: 'Проба admin',
      subject: 'Без проверок',
      details: { version: 1, reason: 'Срочно, клиенты ждут', unmet: ['policy-tests', 'policy-coverage'] },
    });
    await save(id, tested);
    expect((await publish(id)).body).toEqual({ version: 2 });
  });

  it('no reason lets an error or a failing test through', async () => {
    const broken = await newRuleSet('С ошибкой', { ...answering('x'), edges: [{ from: 'in.sideways', to: 'hello' }] });
    expect((await publish(broken, { override: 'очень надо' })).status).toBe(422);
    const failing = { ...tested, tests: [{ ...(tested.tests?.[0] as object), expect: [{ status: 'filtered' }] }] };
    const answer = await publish(await newRuleSet('Не проходит', failing), { override: 'очень надо' });
    expect([answer.status, answer.body.problems.map(({ code }) => code)]).toEqual([422, ['test-failed']]);
  });

  it('tells before publishing how the draft stands to it', async () => {
    const more = [...tested.nodes, { id: 'day', type: 'reply', settings: { text: 'Днём' }, position: [0, 400] }];
    const id = await newRuleSet('Готовность', { ...tested, nodes: more });
    await owner.request('PUT', '/api/publish-policy', { withoutWarnings: true, withTests: true, coverage: 90 });
    const { body } = await admin.request<{ unmet: Problem[]; warnings: Problem[] }>('GET', `/api/rule-sets/${id}/readiness`);
    expect(body).toMatchObject({
      revision: 1,
      obstacles: [],
      tests: { all: 1, failed: 0 },
      coverage: { nodes: { all: 3, reached: 2 }, missed: ['day'] },
      policy: { coverage: 90 },
    });
    expect(body.warnings.length).toBeGreaterThan(0);
    expect(body.unmet.map(({ code }) => code)).toEqual(['policy-warnings', 'policy-coverage']);
  });
});

const node = (id: string, type: string, settings: Record<string, unknown> = {}) => ({ id, type, settings });
const wires = (...list: string[]) => list.map((wire) => ({ from: wire.split(' > ')[0], to: wire.split(' > ')[1] }));

/** Asks a question and waits for the answer in the step `wait`. */
function asking(thanks: string, wait = node('wait', 'wait-reply', { variable: 'size' })) {
  return {
    format: 1,
    name: 'Размеры',
    nodes: [node('in', 'on-message'), node('ask', 'reply', { text: 'Какой размер?' }), wait, node('thanks', 'reply', { text: thanks })],
    edges: wires('in.next > ask', 'ask.next > wait', wait.type === 'wait-reply' ? 'wait.reply > thanks' : 'wait.next > thanks'),
  };
}

let written = 0;

/** Writes as a client, and waits until the rules have sent `count` messages there. */
async function write(thread: string, text: string, count: number): Promise<string[]> {
  expect(await foreign.write(hookUrl, `publishing-${(written += 1)}`, thread, text)).toBe(202);
  const texts = () => foreign.ledger.filter((sent) => sent.conversationId === thread).map((sent) => sent.text);
  await waitUntil(`${count} messages went to ${thread}`, () => texts().length >= count);
  return texts();
}

async function waitingOf(id: string) {
  const { body } = await admin.request<{
    conversations: number;
    groups: { version: number; node: string; state: string; conversations: number }[];
    items: { conversation: { id: string; number: number }; contact: { name: string }; channel: string; node: string; due: string }[];
  }>('GET', `/api/rule-sets/${id}/waiting`);
  return body;
}

describe('conversations that wait in the middle', () => {
  let id: string;
  let threads = 0;
  let thread: string;

  beforeAll(async () => {
    const { body } = await admin.request<{ items: { id: string }[] }>('GET', '/api/rule-sets');
    for (const ruleSet of body.items) await admin.request('PATCH', `/api/rule-sets/${ruleSet.id}`, { enabled: false });
  });

  beforeEach(async () => {
    id = await newRuleSet(`Размеры ${(threads += 1)}`, asking('Записали'));
    expect((await publish(id)).status).toBe(200);
    thread = `waits-${threads}`;
    await write(thread, 'Есть ботинки?', 1);
  });
  afterEach(async () => {
    await admin.request('PATCH', `/api/rule-sets/${id}`, { enabled: false });
  });

  it('are named with the step, the contact and the end of their wait, and what the draft makes of the step', async () => {
    expect(await waitingOf(id)).toMatchObject({
      conversations: 1,
      groups: [{ version: 1, node: 'wait', type: 'wait-reply', state: 'same', conversations: 1 }],
      items: [{ contact: { name: 'Анна' }, channel: 'Сайт', version: 1, node: 'wait', due: expect.stringMatching(/Z$/) }],
      complete: true,
    });
    const stateOf = async (graph: unknown) => {
      await save(id, graph);
      return (await waitingOf(id)).groups[0]?.state;
    };
    expect(await stateOf(asking('Другое', node('wait', 'wait-reply', { variable: 'other' })))).toBe('changed');
    expect(await stateOf({ ...asking('x'), edges: wires('in.next > ask', 'ask.next > wait') })).toBe('changed');
    expect(await stateOf(asking('x', node('wait', 'wait', { for: 'PT1H' })))).toBe('retyped');
    expect(await stateOf(answering('x'))).toBe('removed');
  });

  it('finish on the old version unless something else is said', async () => {
    await save(id, asking('Новое спасибо'));
    expect((await publish(id, { waiting: [{ version: 1, node: 'wait', choice: 'finish' }] })).body).toEqual({
      version: 2,
      waiting: { moved: 0, handedOver: 0, stayed: 0 },
    });
    expect(await write(thread, '42', 2)).toEqual(['Какой размер?', 'Записали']);
  });

  it('move to the new version, which answers from then on', async () => {
    await save(id, asking('Новое спасибо'));
    const answer = await publish(id, { waiting: [{ version: 1, node: 'wait', choice: 'move' }] });
    expect(answer.body).toEqual({ version: 2, waiting: { moved: 1, handedOver: 0, stayed: 0 } });
    expect((await waitingOf(id)).groups).toMatchObject([{ version: 2, node: 'wait', state: 'same' }]);
    expect(await write(thread, '42', 2)).toEqual(['Какой размер?', 'Новое спасибо']);
    const runs = await app.database.query(
      `SELECT r.version FROM runs r JOIN conversations c ON c.id = r.conversation_id WHERE c.thread_key = $1 ORDER BY r.created_at`,
      [thread],
    );
    expect(runs).toEqual([{ version: 1 }, { version: 2 }]);
  });

  it('stay where the new version has another step under that id', async () => {
    await save(id, asking('x', node('wait', 'wait', { for: 'PT1H' })));
    const answer = await publish(id, { waiting: [{ version: 1, node: 'wait', choice: 'move' }] });
    expect(answer.body.waiting).toEqual({ moved: 0, handedOver: 0, stayed: 1 });
    expect(await write(thread, '42', 2)).toEqual(['Какой размер?', 'Записали']);
  });

  it('go to people: the wait ends, the conversation needs an answer and says why', async () => {
    await save(id, answering('Мы вам напишем'));
    const [item] = (await waitingOf(id)).items;
    const answer = await publish(id, { waiting: [{ version: 1, node: 'wait', choice: 'hand-over' }] });
    expect(answer.body.waiting).toEqual({ moved: 0, handedOver: 1, stayed: 0 });
    expect(await waitingOf(id)).toMatchObject({ conversations: 0, groups: [] });
    const [state] = await app.database.query(
      `SELECT c.needs_answer AS "needsAnswer", n.text FROM conversations c JOIN notes n ON n.conversation_id = c.id WHERE c.id = $1`,
      [item?.conversation.id],
    );
    expect(state).toEqual({
      needsAnswer: true,
      text: expect.stringMatching(/^Правила «Размеры \d+» больше не ждут в шаге «.+»: опубликована версия 2, разговор передан людям\.$/),
    });
    expect((await auditOf('rule-set.publish'))[0]?.details).toMatchObject({ version: 2, waiting: { handedOver: 1 } });
    // The next message starts the new version, for nothing waits for it any more.
    expect(await write(thread, 'Ау', 2)).toEqual(['Какой размер?', 'Мы вам напишем']);
  });
});
