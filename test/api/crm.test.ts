import { startApp, type TestApp, type TestCaller } from '../support/app.js';
import { Desk } from './desk.js';
import { walkPages, type Page } from './walk-pages.js';

let app: TestApp;
let operator: TestCaller;
let desk: Desk;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  operator = await app.signIn('operator', await app.newAccount());
  desk = new Desk(app.database, operator.accountId);
});

interface Refused {
  errors: { path: string }[];
}
const ids = (items: { id: string }[]) => items.map(({ id }) => id);
const get = async <Body = Record<string, unknown>>(url: string) => (await operator.request<Body>('GET', url)).body;
const listed = async (url: string) => ids((await get<Page>(url)).items);

describe('contacts', () => {
  it('are listed newest first with their channels, deals and last message, and paged', async () => {
    const made: string[] = [];
    for (let contact = 0; contact < 7; contact++) made.push(await desk.contact({ name: `Клиент ${contact}` }));
    const [first] = made as [string];
    await desk.identity({ contact_id: first, kind: 'telegram' });
    await desk.deal({ contact_id: first });
    const channel_id = await desk.channel();
    const at = new Date();
    await desk.message({ contact_id: first, channel_id, conversation_id: await desk.conversation({ channel_id, contact_id: first }), at });
    const items = await walkPages<{ id: string }>(operator, '/api/contacts', 3, () => desk.contact());
    expect(ids(items)).toEqual(made.toReversed());
    expect(items.at(-1)).toMatchObject({ kinds: ['telegram'], deals: 1, lastMessageAt: at.toISOString(), name: 'Клиент 0' });
  });

  it('are found by name, phone, mail and what they are called on a platform', async () => {
    const vasya = await desk.contact({ name: 'Василий', phone: '79990001122', email: 'vasya@example.org' });
    await desk.identity({ contact_id: vasya, username: 'Vasya_P', external_id: '787132' });
    await desk.contact({ name: null });
    for (const q of ['васил', '9000', 'VASYA@', 'vasya_p', '787132'])
      expect(await listed(`/api/contacts?q=${encodeURIComponent(q)}`)).toEqual([vasya]);
    expect(await listed('/api/contacts?q=vasya%25p')).toEqual([]);
  });

  it('are shown whole and changed by name', async () => {
    const id = await desk.contact({ name: 'Анна', fields: '{"Город":"Тверь"}' });
    await desk.identity({ contact_id: id, kind: 'telegram', external_id: '9007199254740993', username: 'anna', blocked: true });
    const conversation = await desk.conversation({ contact_id: id, channel_id: await desk.channel({ name: 'Сайт' }) });
    expect(await get(`/api/contacts/${id}`)).toMatchObject({
      name: 'Анна',
      fields: { Город: 'Тверь' },
      identities: [{ kind: 'telegram', externalId: '9007199254740993', username: 'anna', blocked: true }],
      conversations: [{ id: conversation, channel: 'Сайт', kind: 'webhook', status: 'open' }],
    });
    const change = (body: unknown) => operator.request<Refused>('PATCH', `/api/contacts/${id}`, body);
    expect((await change({ bot: true, name: null })).body).toMatchObject({ bot: true, name: null, phone: null });
    expect((await change({ phone: '+7 999' })).body).toMatchObject({ bot: true, phone: '+7 999' });
    expect((await change({ accountId: operator.accountId })).body.errors[0]?.path).toBe('accountId');
    expect((await (await app.signIn('analyst', operator.accountId)).request('PATCH', `/api/contacts/${id}`, { bot: false })).status).toBe(
      403,
    );
  });
});

describe('conversations', () => {
  it('are listed by their last message, with its text, and filtered', async () => {
    const [old, fresh] = [await desk.chat({ text: 'Давно' }), await desk.chat({ text: 'Сейчас' })];
    await app.database.query(`UPDATE conversations SET last_message_at = now() - interval '1 day', needs_answer = true WHERE id = $1`, [
      old.conversation_id,
    ]);
    const { items } = await get<Page<{ id: string; lastText: string }>>('/api/conversations');
    expect(items.map(({ id, lastText }) => [id, lastText])).toEqual([
      [fresh.conversation_id, 'Сейчас'],
      [old.conversation_id, 'Давно'],
    ]);
    expect(await listed('/api/conversations?needsAnswer=true')).toEqual([old.conversation_id]);
    expect(await listed(`/api/conversations?channel=${fresh.channel_id}`)).toEqual([fresh.conversation_id]);
    expect(await listed(`/api/conversations?contact=${old.contact_id}&status=closed`)).toEqual([]);
    await app.database.query(`UPDATE contacts SET name = 'Борис' WHERE id = $1`, [old.contact_id]);
    expect(await listed(`/api/conversations?q=${encodeURIComponent('БОР')}`)).toEqual([old.conversation_id]);
  });

  it('are closed once, and the time stays', async () => {
    const { conversation_id } = await desk.chat();
    const close = () => operator.request('POST', `/api/conversations/${conversation_id}/close`);
    expect((await close()).status).toBe(204);
    const closed = await get(`/api/conversations/${conversation_id}`);
    expect(closed).toMatchObject({ status: 'closed', needsAnswer: false, closedAt: expect.any(String) });
    expect((await close()).status).toBe(204);
    expect(await get(`/api/conversations/${conversation_id}`)).toEqual(closed);
  });
});

describe('an answer', () => {
  it('is told with the person or the program that wrote it, also in the log', async () => {
    const { conversation_id, channel_id } = await desk.chat();
    await app.database.query(`UPDATE channels SET active = false WHERE id = $1`, [channel_id]);
    const path = `/api/conversations/${conversation_id}/messages`;
    const { user } = await get<{ user: { name: string } }>('/api/session');
    const program = await app.token('operator', operator.accountId);
    expect((await operator.request('POST', path, { text: 'Здравствуйте' })).status).toBe(201);
    expect((await program.request('POST', path, { text: 'Заказ собран' })).status).toBe(201);
    const { items } = await get<Page<{ id: string; text: string; author: unknown }>>(`/api/messages?conversation=${conversation_id}`);
    expect(new Map(items.map(({ text, author }) => [text, author]))).toEqual(
      new Map<string, unknown>([
        ['Привет', null],
        ['Здравствуйте', { id: operator.id, name: user.name }],
        ['Заказ собран', { id: null, name: 'проба' }],
      ]),
    );
    const said = items.find(({ text }) => text === 'Здравствуйте');
    expect(await get(`/api/messages/${said?.id}`)).toMatchObject({ author: { id: operator.id } });
  });
});

describe('deals', () => {
  it('are listed newest first and filtered', async () => {
    const [one, two] = [await desk.contact({ name: 'Анна' }), await desk.contact({ name: 'Борис' })];
    const first = await desk.deal({ contact_id: one, name: 'Диван' });
    const second = await desk.deal({ contact_id: two, ...(await desk.stage('Успешно реализовано')), open: false });
    expect(await listed('/api/deals')).toEqual([second, first]);
    expect(await listed(`/api/deals?contact=${one}`)).toEqual([first]);
    expect(await listed('/api/deals?open=false')).toEqual([second]);
    expect(await listed(`/api/deals?pipeline=${encodeURIComponent('Воронка')}&stage=${encodeURIComponent('Неразобранное')}`)).toEqual([
      first,
    ]);
    expect(await listed(`/api/deals?q=${encodeURIComponent('диван')}`)).toEqual([first]);
    expect(await listed(`/api/deals?q=${encodeURIComponent('борис')}`)).toEqual([second]);
    expect(await get(`/api/deals/${first}`)).toMatchObject({
      pipeline: 'Воронка',
      stage: 'Неразобранное',
      open: true,
      responsible: null,
      tags: [],
      fields: {},
    });
  });

  it('are open or closed as their stage is', async () => {
    const id = await desk.deal({ contact_id: await desk.contact() });
    const change = async (body: unknown) => (await operator.request('PATCH', `/api/deals/${id}`, body)).body;
    expect(await change({ stage: 'Успешно реализовано' })).toMatchObject({
      open: false,
      closedAt: expect.any(String),
      stage: 'Успешно реализовано',
    });
    const { closedAt } = await get(`/api/deals/${id}`);
    expect(await change({ stage: 'Закрыто и не реализовано' })).toMatchObject({ open: false, closedAt });
    expect(await change({ stage: 'Переговоры' })).toMatchObject({ open: true, closedAt: null });
    expect(await change({ name: 'Шкаф', tags: ['а', 'б', 'а'], responsibleId: operator.id })).toMatchObject({
      name: 'Шкаф',
      tags: ['а', 'б'],
      responsible: { id: operator.id },
      stage: 'Переговоры',
    });
    expect(await change({ responsibleId: null })).toMatchObject({ responsible: null });
  });

  it('move to another pipeline’s first open stage, or to the one named', async () => {
    const owner = await app.signIn('owner', operator.accountId);
    const stages = [
      { name: 'Архив', open: false },
      { name: 'Заявка', open: true },
      { name: 'Переговоры', open: true },
    ];
    await owner.request('POST', '/api/pipelines', { name: 'Опт', stages });
    const id = await desk.deal({ contact_id: await desk.contact() });
    const change = (body: unknown) => operator.request<Refused & Record<string, unknown>>('PATCH', `/api/deals/${id}`, body);
    expect((await change({ pipeline: 'Опт' })).body).toMatchObject({ pipeline: 'Опт', stage: 'Заявка' });
    expect((await change({ pipeline: 'Воронка', stage: 'Переговоры' })).body).toMatchObject({ pipeline: 'Воронка', stage: 'Переговоры' });
    expect((await change({ stage: 'Заявка' })).body.errors[0]?.path).toBe('stage');
    expect((await change({ pipeline: 'Розница' })).body.errors[0]?.path).toBe('pipeline');
    expect((await change({ open: false })).body.errors[0]?.path).toBe('open');
  });

  it('are given to people of the account alone, though foreign keys know no accounts', async () => {
    const stranger = await app.signIn('operator', await app.newAccount());
    const id = await desk.deal({ contact_id: await desk.contact() });
    const answer = await operator.request<Refused>('PATCH', `/api/deals/${id}`, { responsibleId: stranger.id });
    expect([answer.status, answer.body.errors[0]?.path]).toEqual([422, 'responsibleId']);
  });
});

describe('tasks', () => {
  it('come open ones first by due time, then done ones, through pages of any size', async () => {
    const contact_id = await desk.contact();
    const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 10, minute));
    const open = [
      await desk.task({ contact_id, due_at: at(1) }),
      await desk.task({ contact_id, due_at: at(2) }),
      await desk.task({ contact_id, due_at: at(3) }),
    ];
    const done = [
      await desk.task({ contact_id, due_at: at(0), done_at: at(9) }),
      await desk.task({ contact_id, done_at: at(8) }),
      await desk.task({ contact_id, done_at: at(7) }),
    ];
    for (const limit of [1, 2, 3, 4, 200]) expect(ids(await walkPages(operator, '/api/tasks', limit))).toEqual([...open, ...done]);
    for (const limit of [1, 3]) expect(ids(await walkPages(operator, '/api/tasks?open=true', limit))).toEqual(open);
    for (const limit of [2, 3]) expect(ids(await walkPages(operator, '/api/tasks?open=false', limit))).toEqual(done);
  });

  it('are filtered by deal, contact and whose they are, and are done once', async () => {
    const contact_id = await desk.contact();
    const deal_id = await desk.deal({ contact_id });
    const mine = await desk.task({ contact_id, deal_id, assignee_id: operator.id });
    const others = await desk.task({ contact_id: await desk.contact() });
    expect(await listed(`/api/tasks?deal=${deal_id}`)).toEqual([mine]);
    expect(await listed(`/api/tasks?contact=${contact_id}`)).toEqual([mine]);
    expect(await listed('/api/tasks?mine=true')).toEqual([mine]);
    expect(await listed('/api/tasks?mine=false')).toEqual([others]);
    const done = () => operator.request('POST', `/api/tasks/${mine}/done`);
    expect((await done()).status).toBe(204);
    const { items } = await get<Page<{ id: string; doneAt: string; assignee: unknown }>>(`/api/tasks?deal=${deal_id}`);
    expect(items).toEqual([
      expect.objectContaining({ id: mine, doneAt: expect.any(String), assignee: { id: operator.id, name: 'Проба operator' } }),
    ]);
    expect((await done()).status).toBe(204);
    expect(await get(`/api/tasks?deal=${deal_id}`)).toMatchObject({ items: [{ doneAt: items[0]?.doneAt }] });
  });
});

describe('notes', () => {
  it('are written on a contact or a deal, and listed newest first', async () => {
    const contactId = await desk.contact();
    const dealId = await desk.deal({ contact_id: contactId });
    const write = (body: unknown) => operator.request<{ id: string } & Refused>('POST', '/api/notes', body);
    const one = await write({ text: 'Просил перезвонить', contactId });
    expect([one.status, one.body]).toMatchObject([201, { author: 'Проба operator', dealId: null }]);
    const two = await write({ text: 'Торгуется', contactId, dealId });
    expect(await listed(`/api/notes?contact=${contactId}`)).toEqual([two.body.id, one.body.id]);
    expect(await listed(`/api/notes?deal=${dealId}`)).toEqual([two.body.id]);
    expect((await operator.request('GET', '/api/notes')).status).toBe(422);
  });

  it('are not written on what belongs to another account or contact', async () => {
    const other = new Desk(app.database, await app.newAccount());
    const theirs = await other.contact();
    const contactId = await desk.contact();
    const write = async (body: unknown) => (await operator.request<Refused>('POST', '/api/notes', body)).body.errors[0]?.path;
    expect(await write({ text: 'x', contactId: theirs })).toBe('contactId');
    expect(await write({ text: 'x', contactId, dealId: await other.deal({ contact_id: theirs }) })).toBe('dealId');
    expect(await write({ text: 'x', contactId, dealId: await desk.deal({ contact_id: await desk.contact() }) })).toBe('dealId');
    expect(await write({ text: 'x', contactId, authorId: operator.id })).toBe('authorId');
    expect(await app.database.query(`SELECT FROM notes WHERE contact_id = ANY ($1)`, [[theirs, contactId]])).toEqual([]);
  });
});

it('shows everybody his own notifications, and marks those alone', async () => {
  const colleague = await app.signIn('operator', operator.accountId);
  const mine = [await desk.notification({ user_id: operator.id }), await desk.notification({ user_id: operator.id })];
  const theirs = await desk.notification({ user_id: colleague.id });
  expect(await get('/api/notifications')).toMatchObject({ unread: 2, items: [{ id: mine[1] }, { id: mine[0], readAt: null }] });
  expect((await operator.request('POST', '/api/notifications/read', { ids: [mine[0], theirs] })).status).toBe(204);
  expect(await get('/api/notifications')).toMatchObject({ unread: 1 });
  expect((await colleague.request('GET', '/api/notifications')).body).toMatchObject({ unread: 1, items: [{ readAt: null }] });
  expect((await (await app.token('operator', operator.accountId)).request('GET', '/api/notifications')).body).toEqual({
    items: [],
    nextCursor: null,
    unread: 0,
  });
});

describe('pipelines', () => {
  interface Pipeline {
    id: string;
    name: string;
    stages: { id: string; name: string; open: boolean; deals: number }[];
  }
  let owner: TestCaller;
  const all = async () => (await get<Page<Pipeline>>('/api/pipelines')).items;
  beforeEach(async () => {
    owner = await app.signIn('owner', operator.accountId);
  });
  const put = (pipeline: Pipeline, stages: unknown[], name = pipeline.name) =>
    owner.request<Pipeline & Refused>('PUT', `/api/pipelines/${pipeline.id}`, { name, stages });
  const bare = (stages: Pipeline['stages']) => stages.map(({ id, name, open }) => ({ id, name, open }));

  it('are saved whole: renamed, reordered, even swapped, with new stages and without old ones', async () => {
    const [pipeline] = (await all()) as [Pipeline];
    const [first, second, ...rest] = bare(pipeline.stages) as [Pipeline['stages'][0], Pipeline['stages'][0], ...Pipeline['stages']];
    const wanted = [{ ...first, name: second.name }, { name: 'Новый', open: true }, { ...second, name: first.name }, ...rest.slice(1)];
    const { body, status } = await put(pipeline, wanted, 'Продажи');
    expect(status).toBe(200);
    expect(body.name).toBe('Продажи');
    expect(body.stages.map(({ name }) => name)).toEqual(wanted.map(({ name }) => name));
    expect(body.stages[0]?.id).toBe(first.id);
    expect(await all()).toEqual([body]);
  });

  it('keep a stage that has deals', async () => {
    const [pipeline] = (await all()) as [Pipeline];
    await desk.deal({ contact_id: await desk.contact() });
    expect((await all())[0]?.stages[0]).toMatchObject({ name: 'Неразобранное', deals: 1 });
    const answer = await put(pipeline, bare(pipeline.stages).slice(1));
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('Неразобранное')]);
    expect((await all())[0]?.stages).toHaveLength(7);
  });

  it('open and close the deals of a stage that becomes so', async () => {
    const [pipeline] = (await all()) as [Pipeline];
    const deal = await desk.deal({ contact_id: await desk.contact() });
    const stages = bare(pipeline.stages);
    await put(pipeline, [{ ...stages[0], open: false }, ...stages.slice(1)]);
    expect(await get(`/api/deals/${deal}`)).toMatchObject({ open: false, closedAt: expect.any(String) });
    await put(pipeline, stages);
    expect(await get(`/api/deals/${deal}`)).toMatchObject({ open: true, closedAt: null });
  });

  it('refuse a foreign stage, two of one name, none that is open, and a name in use', async () => {
    const [pipeline] = (await all()) as [Pipeline];
    const made = await owner.request<Pipeline>('POST', '/api/pipelines', { name: 'Опт', stages: [{ name: 'Заявка', open: true }] });
    expect(made.status).toBe(201);
    const paths = async (stages: unknown[]) => (await put(pipeline, stages)).body.errors.map(({ path }) => path);
    const foreign = { ...bare(made.body.stages)[0], name: 'Чужой' };
    expect(await paths([...bare(pipeline.stages), foreign])).toEqual(['stages[7].id']);
    expect(await paths([...bare(pipeline.stages), { name: 'Переговоры', open: true }])).toEqual(['stages[7].name']);
    expect(await paths([{ name: 'Конец', open: false }])).toEqual(['stages']);
    expect(await paths([])).toEqual(['stages']);
    expect((await put(pipeline, bare(pipeline.stages), 'Опт')).status).toBe(409);
    expect((await owner.request('POST', '/api/pipelines', { name: 'Опт', stages: [{ name: 'Заявка', open: true }] })).status).toBe(409);
    expect(await all()).toMatchObject([{ name: 'Воронка', stages: { length: 7 } }, { name: 'Опт' }]);
  });

  it('are removed without deals only, and never the last one, even by two people at once', async () => {
    const made = await owner.request<Pipeline>('POST', '/api/pipelines', { name: 'Опт', stages: [{ name: 'Заявка', open: true }] });
    const deal = await desk.deal({ contact_id: await desk.contact() });
    const [first] = (await all()) as [Pipeline];
    const remove = (id: string) => owner.request('DELETE', `/api/pipelines/${id}`);
    expect((await remove(first.id)).status).toBe(409);
    await app.database.query(`DELETE FROM deals WHERE id = $1`, [deal]);
    const answers = await Promise.all([remove(first.id), remove(made.body.id)]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 409]);
    expect(await all()).toHaveLength(1);
    expect((await operator.request('POST', '/api/pipelines', { name: 'x', stages: [{ name: 'x', open: true }] })).status).toBe(403);
  });
});

it('gives every role the names that forms choose from', async () => {
  await desk.channel({ name: 'Сайт', account: 'shop' });
  expect(await get('/api/directory')).toMatchObject({
    channels: [{ name: 'Сайт', kind: 'webhook', surface: 'direct', account: 'shop' }],
    pipelines: [{ name: 'Воронка', stages: { 0: { name: 'Неразобранное', open: true }, length: 7 } }],
    users: [{ id: operator.id }],
  });
});
