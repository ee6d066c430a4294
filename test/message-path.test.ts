import { randomUUID } from 'node:crypto';
import { type TestDatabase, newDatabase } from './support/database.js';
import { ForeignDesk } from './support/foreign-desk.js';
import { replayRuns } from './support/replay-runs.js';
import { type ServerProcess, killServers, signInAsOwner, startServer } from './support/server-process.js';
import { waitUntil } from './support/wait-until.js';

/* What one message leads to, from the hook to the foreign system, on a real server process; the oracle is the API, the tables and the ledger. */
const users = { olga: randomUUID(), igor: randomUUID() };
const longText = `Расскажите подробно. ${'Доставка по городу бесплатна? '.repeat(170)}`.trim();
const greeting = (text: string) => ({
  format: 1,
  name: 'Приём',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'spam', type: 'word-filter', settings: { mode: 'except', patterns: '*реклам*' } },
    { id: 'hello', type: 'reply', settings: { text: `${text}: %TEXT%` } },
    { id: 'stage', type: 'set-stage', settings: { pipeline: 'Воронка', stage: 'Переговоры' } },
    { id: 'turn', type: 'assign-responsible', settings: { mode: 'round-robin', users: [users.olga, users.igor] } },
    { id: 'tag', type: 'add-tags', settings: { tags: 'сайт, %NAME%' } },
    { id: 'task', type: 'create-task', settings: { mode: 'one-per-deal', text: 'Ответить: %TEXT%' } },
    { id: 'note', type: 'add-note', settings: { text: 'Пришло: %TEXT%' } },
    { id: 'bell', type: 'notify', settings: { to: ['responsible', users.olga], text: 'Пишет %NAME%: %TEXT%' } },
  ],
  edges: [
    { from: 'in.next', to: 'spam' },
    { from: 'spam.pass', to: 'hello' },
    { from: 'hello.next', to: 'stage' },
    { from: 'stage.next', to: 'turn' },
    { from: 'turn.next', to: 'tag' },
    { from: 'tag.next', to: 'task' },
    { from: 'task.next', to: 'note' },
    { from: 'note.next', to: 'bell' },
  ],
});
/** Sees the message after «Приём» and drops nothing. */
const details = {
  format: 1,
  name: 'Подробности',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'asked', type: 'word-match', settings: { patterns: 'подробно' } },
    { id: 'long', type: 'reply', settings: { text: '%TEXT% %TEXT% %TEXT%' } },
  ],
  edges: [
    { from: 'in.next', to: 'asked' },
    { from: 'asked.yes', to: 'long' },
  ],
};

let database: TestDatabase;
let server: ServerProcess;
let call: Awaited<ReturnType<typeof signInAsOwner>>;
let reception: string;
const desk = new ForeignDesk();
const hooks: string[] = [];

beforeAll(async () => {
  database = await newDatabase();
  const deliverUrl = await desk.listen();
  server = await startServer(database.url);
  call = await signInAsOwner(server.url);
  for (const [name, id] of Object.entries(users)) {
    await database.query(`INSERT INTO users (id, account_id, email, name, role) SELECT $1, id, $2, $3, 'operator' FROM accounts`, [
      id,
      `${name}@example.test`,
      name,
    ]);
  }
  reception = await publishNew('Приём', greeting('Принято'));
  await publishNew('Подробности', details);
  for (const name of ['Сайт', 'Заказы']) {
    const channel = await call('POST', '/api/channels', { kind: 'webhook', name, settings: { secret: desk.secret, deliverUrl } });
    hooks.push(`${server.url}${new URL(String(channel['hookUrl']), server.url).pathname}`);
  }
});

afterAll(async () => {
  await server.stop();
  killServers();
  await desk.close();
  await database.close();
});

async function publishNew(name: string, graph: unknown): Promise<string> {
  const ruleSet = await call('POST', '/api/rule-sets', { name, graph });
  await call('POST', `/api/rule-sets/${String(ruleSet['id'])}/publish`, {});
  return String(ruleSet['id']);
}

async function publishNext(graph: unknown): Promise<number> {
  const { revision } = await call('GET', `/api/rule-sets/${reception}/draft`);
  await call('PUT', `/api/rule-sets/${reception}/draft`, { graph, revision });
  return Number((await call('POST', `/api/rule-sets/${reception}/publish`, {}))['version']);
}

let written = 0;

/** One client's message, taken and worked off. Gives its id at the sender. */
async function write(thread: string, text: string, { sentAt = new Date(), hook = 0 } = {}): Promise<string> {
  const id = `path-${(written += 1)}`;
  expect(await desk.write(hooks[hook] ?? '', id, thread, text, sentAt)).toBe(202);
  await waitUntil(`message ${id} is stored`, async () => (await storedOf(id)) !== undefined);
  return id;
}

async function storedOf(externalId: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await database.query(`SELECT * FROM messages WHERE external_id = $1`, [externalId]);
  return row;
}

/** The message as the log shows it. */
async function shown(externalId: string): Promise<Record<string, any>> {
  return call('GET', `/api/messages/${String((await storedOf(externalId))?.['id'])}`);
}

async function runsOf(externalId: string): Promise<Record<string, any>[]> {
  return (await call('GET', `/api/messages/${String((await storedOf(externalId))?.['id'])}/runs`))['items'] as Record<string, any>[];
}

const conversationOf = async (externalId: string) => (await shown(externalId))['conversation'] as { id: string; number: number };
const delivered = (thread: string) => desk.ledger.filter((sent) => sent.conversationId === thread).map((sent) => sent.text);

async function dealsOf(thread: string): Promise<Record<string, unknown>[]> {
  return database.query(
    `SELECT d.*, s.name AS stage FROM deals d JOIN stages s ON s.id = d.stage_id JOIN contact_identities i ON i.contact_id = d.contact_id WHERE i.external_id = $1 ORDER BY d.number`,
    [`client-${thread}`],
  );
}

const rowsOf = (table: string, dealId: unknown) =>
  database.query(`SELECT * FROM ${table} WHERE deal_id = $1 ORDER BY created_at, id`, [dealId]);

it('answers a message that came by hook, once, and the log shows how', async () => {
  const id = await write('first', 'Привет');
  await waitUntil('the reply has gone', () => delivered('first').length === 1);
  expect(delivered('first')).toEqual(['Принято: Привет']);
  const { conversation } = await shown(id);
  await waitUntil('the delivery is on record', async () => {
    const { items } = await call('GET', `/api/messages?conversation=${conversation.id}&direction=out`);
    return (items as Record<string, any>[])[0]?.['delivery']?.status === 'sent';
  });
  const { items } = await call('GET', `/api/messages?conversation=${conversation.id}`);
  expect(items).toMatchObject([
    { direction: 'out', origin: 'rules', text: 'Принято: Привет', delivery: { status: 'sent', attempts: 1, error: null } },
    { direction: 'in', origin: 'client', text: 'Привет', status: 'passed', delivery: null },
  ]);
});

it('numbers conversations over the account, without gaps, whichever channel they come by', async () => {
  const ids = [];
  for (const [i, hook] of [0, 1, 0, 1].entries()) ids.push(await write(`number-${i}`, 'Сколько?', { hook }));
  const numbers = await Promise.all(ids.map(async (id) => (await conversationOf(id)).number));
  const first = numbers[0] ?? 0;
  expect(numbers).toEqual([first, first + 1, first + 2, first + 3]);
  expect((await conversationOf(await write('number-0', 'Ещё раз'))).number).toBe(first);
});

it('opens a new conversation with a new number when the closed one’s client writes again', async () => {
  const before = await conversationOf(await write('again', 'Первое обращение'));
  await call('POST', `/api/conversations/${before.id}/close`);
  const after = await conversationOf(await write('again', 'Второе обращение'));
  expect(after.id).not.toBe(before.id);
  expect(after.number).toBe(before.number + 1);
  expect(await call('GET', `/api/conversations/${before.id}`)).toMatchObject({ status: 'closed', number: before.number });
  expect(await call('GET', `/api/conversations/${after.id}`)).toMatchObject({ status: 'open' });
  await waitUntil('both are answered', () => delivered('again').length === 2);
});

it('opens one deal for a client who writes first, with stage, tags, responsible, task, note and notices', async () => {
  await write('client', 'Нужен шкаф');
  await write('client', 'И стол');
  const [deal, ...more] = await dealsOf('client');
  expect(more).toEqual([]);
  expect(deal).toMatchObject({ name: 'Анна', stage: 'Переговоры', tags: ['сайт', 'Анна'], open: true });
  expect(Object.values(users)).toContain(deal?.['responsible_id']);
  expect(await rowsOf('notes', deal?.['id'])).toMatchObject([{ text: 'Пришло: Нужен шкаф' }, { text: 'Пришло: И стол' }]);
  const tasks = await rowsOf('tasks', deal?.['id']);
  expect(tasks).toMatchObject([{ text: 'Ответить: Нужен шкаф', mode: 'one-per-deal', done_at: null }]);
  const notices = await database.query<{ user_id: string; text: string }>(
    `SELECT user_id, text FROM notifications WHERE text = 'Пишет Анна: Нужен шкаф'`,
  );
  const told = new Set([users.olga, tasks[0]?.['assignee_id']]);
  expect(new Set(notices.map((notice) => notice.user_id))).toEqual(told);
  expect(notices).toHaveLength(told.size);

  await call('POST', `/api/tasks/${String(tasks[0]?.['id'])}/done`);
  await write('client', 'Когда ждать?');
  expect(await rowsOf('tasks', deal?.['id'])).toMatchObject([
    { text: 'Ответить: Нужен шкаф' },
    { text: 'Ответить: Когда ждать?', done_at: null },
  ]);
});

it('opens no deal for a filtered message, and the export says which node filtered it', async () => {
  const id = await write('spammer', 'Купите рекламу');
  expect(await dealsOf('spammer')).toEqual([]);
  expect(await shown(id)).toMatchObject({
    status: 'filtered',
    reason: { ruleSet: 'Приём', node: 'spam' },
    exports: [{ status: 'filtered', attempts: 0, reason: 'spam' }],
  });
  // Filtered is final for the later rule sets too.
  expect(await runsOf(id)).toMatchObject([{ ruleSet: { name: 'Приём' }, status: 'filtered', effects: [] }]);
  const good = await write('spammer', 'Просто вопрос');
  expect(await shown(good)).toMatchObject({ status: 'passed', exports: [{ status: 'exported', attempts: 1, reason: null }] });
  expect(await dealsOf('spammer')).toHaveLength(1);
});

it('gives clients in turn to people, also when they write at the same moment by two channels', async () => {
  const threads = Array.from({ length: 12 }, (_, i) => `turn-${i}`);
  const statuses = await Promise.all(threads.map((thread, i) => desk.write(hooks[i % 2] ?? '', `at-once-${i}`, thread, 'Здравствуйте')));
  expect(statuses.every((status) => status === 202)).toBe(true);
  await waitUntil('all have a deal', async () => (await Promise.all(threads.map(dealsOf))).every((deals) => deals.length === 1));
  const responsible = (await Promise.all(threads.map(dealsOf))).map(([deal]) => deal?.['responsible_id']);
  expect(responsible.filter((id) => id === users.olga)).toHaveLength(6);
  expect(responsible.filter((id) => id === users.igor)).toHaveLength(6);
});

it('follows edits and deletions of the client, whatever their order, and starts no rules for them', async () => {
  const id = await write('editor', 'Изделие');
  const edit = (text: string, editedAt: string, key: string) =>
    desk.tell(hooks[0] ?? '', key, 'message.edited', { message: { id, text, editedAt } });
  expect(await edit('Издание второе', '2026-11-21T10:00:02Z', 'edit-2')).toBe(202);
  expect(await edit('Издание первое', '2026-11-21T10:00:01Z', 'edit-1')).toBe(202);
  expect(await desk.tell(hooks[0] ?? '', 'delete-1', 'message.deleted', { message: { id } })).toBe(202);
  await waitUntil('it is marked as deleted', async () => (await storedOf(id))?.['deleted_at'] !== null);
  expect(await shown(id)).toMatchObject({ text: 'Издание второе', editedAt: '2026-11-21T10:00:02.000Z', deletedAt: expect.any(String) });
  expect(await runsOf(id)).toHaveLength(2);
});

it('counts a publish from the next message on, and a rollback too', async () => {
  const versions = [];
  const versionOf = async (id: string) => (await runsOf(id)).find((run) => run['ruleSet'].name === 'Приём')?.['version'] as number;
  const before = await versionOf(await write('publish', 'раз'));
  for (let i = 1; i <= 3; i++) {
    const version = await publishNext(greeting(`Версия ${i}`));
    versions.push([version, await versionOf(await write('publish', `выпуск ${i}`))]);
  }
  expect(versions).toEqual([1, 2, 3].map((i) => [before + i, before + i]));
  await call('POST', `/api/rule-sets/${reception}/rollback`, { version: before });
  expect(await versionOf(await write('publish', 'назад'))).toBe(before);
  await waitUntil('all are answered', () => delivered('publish').length === 5);
  expect(delivered('publish')).toEqual([
    'Принято: раз',
    'Версия 1: выпуск 1',
    'Версия 2: выпуск 2',
    'Версия 3: выпуск 3',
    'Принято: назад',
  ]);
});

it('stores and exports a late backlog and answers none of it', async () => {
  const ids = [];
  for (let i = 0; i < 5; i++) ids.push(await write('late', `Вчера ${i}`, { sentAt: new Date(Date.now() - 20 * 60_000 + i) }));
  const fresh = await write('late', 'Сейчас');
  await waitUntil('the fresh one is answered', () => delivered('late').length > 0);
  expect(delivered('late')).toEqual(['Принято: Сейчас']);
  for (const id of ids) {
    expect(await shown(id)).toMatchObject({ status: 'passed', exports: [{ status: 'exported' }] });
    const [run] = await runsOf(id);
    expect(run?.['trace']).toContainEqual(expect.objectContaining({ node: 'hello', held: 'late' }));
  }
  const [answered] = await runsOf(fresh);
  expect(JSON.stringify(answered?.['trace'])).not.toContain('held');
});

it('does not answer a contact that is a robot', async () => {
  await write('robot', 'Я бот?');
  await waitUntil('it is answered while nobody knows', () => delivered('robot').length === 1);
  await database.query(
    `UPDATE contacts SET bot = true WHERE id = (SELECT contact_id FROM contact_identities WHERE external_id = 'client-robot')`,
  );
  const id = await write('robot', 'Да, бот');
  const [run] = await runsOf(id);
  expect(run?.['trace']).toContainEqual(expect.objectContaining({ node: 'hello', held: 'bot' }));
  const { conversation } = await shown(id);
  expect((await call('GET', `/api/messages?conversation=${conversation.id}&direction=out`))['items']).toHaveLength(1);
});

it('answers at most 20 of 25 messages in a minute', async () => {
  const start = Date.now() - 30_000;
  const ids = [];
  for (let i = 0; i < 25; i++) ids.push(await write('flood', `Сообщение ${i}`, { sentAt: new Date(start + i * 1_000) }));
  await waitUntil('20 are answered', () => delivered('flood').length === 20, 20_000);
  const held = [];
  for (const id of ids) if (JSON.stringify((await runsOf(id))[0]?.['trace']).includes('"held":"rate"')) held.push(id);
  expect(held).toEqual(ids.slice(20));
  const [left] = await database.query(`SELECT 1 FROM outbox WHERE status IN ('queued', 'sending') AND conversation_id = $1`, [
    (await conversationOf(ids[0] ?? '')).id,
  ]);
  expect(left).toBeUndefined();
  expect(delivered('flood')).toEqual(Array.from({ length: 20 }, (_, i) => `Принято: Сообщение ${i}`));
});

it('splits a reply that is too long for the channel, in order, and counts each part as a reply', async () => {
  await write('long', longText);
  await waitUntil('all parts have gone', () => delivered('long').length === 3);
  const [hello, ...parts] = delivered('long');
  expect(hello).toBe(`Принято: ${longText}`);
  expect(parts.every((part) => part.length <= 10_000)).toBe(true);
  expect(parts.join(' ')).toBe([longText, longText, longText].join(' '));
  const [run] = await runsOf(await write('long', 'Спасибо'));
  expect(run?.['memory'].replies).toHaveLength(3);
});

it('stored every run whole: its version decides the same on its record again', async () => {
  const { runs, differing } = await replayRuns(database);
  expect(runs).toBeGreaterThan(60);
  expect(differing).toEqual([]);
});
