import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestDatabase, newDatabase } from './support/database.js';
import { ForeignDesk } from './support/foreign-desk.js';
import { replayRuns } from './support/replay-runs.js';
import { type ServerProcess, killServers, signInAsOwner, startServer } from './support/server-process.js';
import { waitUntil } from './support/wait-until.js';

/*
 * What rules wait for, on real server processes: replies, times, silences, scores, schedules, calls. A wait is a row: it survives a kill, and fires once
 * however many servers there are. Time is moved in the rows, never waited for.
 */
type Graph = { nodes: unknown[]; edges: unknown[] };
const node = (id: string, type: string, settings: Record<string, unknown> = {}) => ({ id, type, settings });
const graphOf = (nodes: unknown[], ...wires: string[]): Graph => ({
  nodes,
  edges: wires.map((wire) => ({ from: wire.split(' > ')[0], to: wire.split(' > ')[1] })),
});

const desk = new ForeignDesk();
let database: TestDatabase;
let server: ServerProcess;
let call: Awaited<ReturnType<typeof signInAsOwner>>;
let hookUrl: string;

beforeAll(async () => {
  database = await newDatabase();
  const deliverUrl = await desk.listen();
  server = await startServer(database.url);
  call = await signInAsOwner(server.url);
  const channel = await call('POST', '/api/channels', { kind: 'webhook', name: 'Сайт', settings: { secret: desk.secret, deliverUrl } });
  hookUrl = `${server.url}${new URL(String(channel['hookUrl']), server.url).pathname}`;
});

afterEach(async () => {
  // Whatever set a run off: its record alone gives the same decision again, a call's answer included.
  expect((await replayRuns(database)).differing).toEqual([]);
  for (const { id } of await database.query<{ id: string }>(`SELECT id FROM rule_sets`)) {
    await call('PATCH', `/api/rule-sets/${id}`, { enabled: false });
    await call('DELETE', `/api/rule-sets/${id}`);
  }
});

afterAll(async () => {
  await server.stop();
  killServers();
  await desk.close();
  await database.close();
});

async function publish(name: string, graph: Graph): Promise<string> {
  const ruleSet = await call('POST', '/api/rule-sets', { name, graph: { format: 1, name, ...graph } });
  await call('POST', `/api/rule-sets/${String(ruleSet['id'])}/publish`, {});
  return String(ruleSet['id']);
}

let written = 0;

async function write(thread: string, text: string): Promise<string> {
  const id = `wait-${(written += 1)}`;
  expect(await desk.write(hookUrl, id, thread, text, new Date())).toBe(202);
  await waitUntil(
    `message ${id} is stored`,
    async () => (await database.query(`SELECT FROM messages WHERE external_id = $1`, [id])).length > 0,
  );
  return id;
}

async function conversationOf(thread: string): Promise<string> {
  const [row] = await database.query<{ id: string }>(`SELECT id FROM conversations WHERE thread_key = $1 ORDER BY number DESC`, [thread]);
  return row?.id ?? '';
}

/** What the rules sent to a thread, in order, once it is so much. */
async function sentTo(thread: string, count: number): Promise<string[]> {
  const texts = () => desk.ledger.filter((sent) => sent.conversationId === thread).map((sent) => sent.text);
  await waitUntil(`${count} messages went to ${thread}`, async () => texts().length >= count);
  return texts();
}

/** Lets everything that the thread's rules wait for fall due: their time is moved into the past. */
async function letTimePass(thread: string): Promise<void> {
  await database.query(
    `UPDATE conversation_memories m SET
       waiting = (SELECT coalesce(jsonb_agg(r || jsonb_build_object('waits', (SELECT jsonb_agg(w || '{"due": 1700000000000}') FROM jsonb_array_elements(r -> 'waits') w))), '[]') FROM jsonb_array_elements(m.waiting) r),
       silences = (SELECT coalesce(jsonb_agg(s || '{"due": 1700000000000}'), '[]') FROM jsonb_array_elements(m.silences) s),
       next_due = CASE WHEN m.next_due IS NULL THEN NULL ELSE to_timestamp(1700000000) END
     FROM conversations c WHERE c.id = m.conversation_id AND c.thread_key = $1`,
    [thread],
  );
}

async function memoriesOf(thread: string): Promise<number> {
  const rows = await database.query(
    `SELECT FROM conversation_memories m JOIN conversations c ON c.id = m.conversation_id WHERE c.thread_key = $1`,
    [thread],
  );
  return rows.length;
}

const asking = graphOf(
  [
    node('in', 'on-message'),
    node('ask', 'reply', { text: 'Какой размер?' }),
    node('wait', 'wait-reply', { variable: 'size' }),
    node('note', 'add-note', { text: 'Размер: %TEXT%' }),
    node('thanks', 'reply', { text: 'Записали %TEXT%' }),
    node('remind', 'add-note', { text: 'Не ответил' }),
  ],
  'in.next > ask',
  'ask.next > wait',
  'wait.reply > note',
  'note.next > thanks',
  'wait.timeout > remind',
);

async function notesOf(thread: string): Promise<string[]> {
  const rows = await database.query<{ text: string }>(
    `SELECT n.text FROM notes n JOIN conversations c ON c.id = n.conversation_id WHERE c.thread_key = $1 ORDER BY n.created_at, n.id`,
    [thread],
  );
  return rows.map(({ text }) => text);
}

it('a reply that a run waits for goes on there, is exported, and starts nothing', async () => {
  await publish('Размеры', asking);
  await write('size', 'Есть ботинки?');
  const reply = await write('size', '42');
  expect(await sentTo('size', 2)).toEqual(['Какой размер?', 'Записали 42']);
  expect(await notesOf('size')).toEqual(['Размер: 42']);
  const [message] = await database.query<{ id: string }>(`SELECT id FROM messages WHERE external_id = $1`, [reply]);
  const runs = (await call('GET', `/api/messages/${message?.id}/runs`))['items'] as { trace: unknown[] }[];
  expect(runs.map(({ trace }) => trace.length)).toEqual([3]);
  expect(await database.query(`SELECT status FROM message_exports WHERE message_id = $1`, [message?.id])).toEqual([{ status: 'exported' }]);
  expect(await memoriesOf('size')).toBe(0);
});

it('a time survives a kill of the server, and fires once on two servers', async () => {
  await publish('Размеры', asking);
  await write('silent', 'Есть ботинки?');
  await sentTo('silent', 1);
  await server.kill();
  await letTimePass('silent');
  const [first, second] = await Promise.all([startServer(database.url), startServer(database.url)]);
  await waitUntil('the wait has fired', async () => (await notesOf('silent')).length > 0);
  await waitUntil('nothing waits', async () => (await memoriesOf('silent')) === 0);
  await second.stop();
  expect(await notesOf('silent')).toEqual(['Не ответил']);
  expect(
    await database.query(`SELECT event_key FROM runs WHERE cause ->> 'by' = 'wait' AND event_key LIKE '%/wait/1' AND status = 'passed'`),
  ).toHaveLength(1);
  const path = new URL(hookUrl).pathname;
  server = first;
  call = await signInAsOwner(server.url);
  hookUrl = `${server.url}${path}`;
});

it('a run goes on with the version that it began with', async () => {
  const id = await publish('Размеры', asking);
  await write('versions', 'Есть ботинки?');
  await sentTo('versions', 1);
  const { revision } = await call('GET', `/api/rule-sets/${id}/draft`);
  const changed = graphOf([node('in', 'on-message'), node('other', 'reply', { text: 'Новая версия' })], 'in.next > other');
  await call('PUT', `/api/rule-sets/${id}/draft`, { graph: { format: 1, name: 'Размеры', ...changed }, revision });
  await call('POST', `/api/rule-sets/${id}/publish`, {});
  await write('versions', '43');
  await write('versions', 'А ещё?');
  expect(await sentTo('versions', 3)).toEqual(['Какой размер?', 'Записали 43', 'Новая версия']);
  const versions = await database.query(
    `SELECT r.version, r.cause ->> 'by' = 'wait' AS resumed FROM runs r JOIN conversations c ON c.id = r.conversation_id WHERE c.thread_key = 'versions' ORDER BY r.created_at`,
  );
  expect(versions).toEqual([
    { version: 1, resumed: false },
    { version: 1, resumed: true },
    { version: 2, resumed: false },
  ]);
});

it('a rule set that is switched off waits for nothing any more', async () => {
  const id = await publish('Размеры', asking);
  await write('off', 'Есть ботинки?');
  await sentTo('off', 1);
  await call('PATCH', `/api/rule-sets/${id}`, { enabled: false });
  await write('off', '44');
  await letTimePass('off');
  await waitUntil('the row is gone', async () => (await memoriesOf('off')) === 0);
  expect(await notesOf('off')).toEqual([]);
});

it('an operator’s answer ends the silence that was measured; without one it fires', async () => {
  await publish(
    'Молчание',
    graphOf(
      [node('quiet', 'on-no-reply', { after: 'PT15M' }), node('note', 'add-note', { text: 'Ждёт ответа: %TEXT%' })],
      'quiet.next > note',
    ),
  );
  await write('answered', 'Алло');
  await write('ignored', 'Алло');
  await call('POST', `/api/conversations/${await conversationOf('answered')}/messages`, { text: 'Слушаю вас' });
  expect(await sentTo('answered', 1)).toEqual(['Слушаю вас']);
  await waitUntil('nothing is measured', async () => (await memoriesOf('answered')) === 0);
  await letTimePass('ignored');
  await waitUntil('the silence has fired', async () => (await notesOf('ignored')).length > 0);
  expect(await notesOf('ignored')).toEqual(['Ждёт ответа: Алло']);
  expect(await notesOf('answered')).toEqual([]);
});

it('a score is recorded on the conversation that was asked, also when it is closed meanwhile, and opens no new one', async () => {
  await publish(
    'Оценка',
    graphOf(
      [node('asked', 'on-score-requested'), node('ask', 'ask-score', { question: 'Оцените от 0 до 10', thanks: { promoter: 'Спасибо!' } })],
      'asked.next > ask',
    ),
  );
  await write('score', 'Привет');
  const conversation = await conversationOf('score');
  expect(await call('POST', `/api/conversations/${conversation}/request-score`)).toEqual({ asked: true });
  expect(await sentTo('score', 1)).toEqual(['Оцените от 0 до 10']);
  expect(await call('POST', `/api/conversations/${conversation}/request-score`)).toEqual({ asked: true });
  await call('POST', `/api/conversations/${conversation}/close`);
  await write('score', 'ставлю 9!');
  expect(await sentTo('score', 2)).toEqual(['Оцените от 0 до 10', 'Спасибо!']);
  expect(await database.query(`SELECT conversation_id, score, scale, bucket FROM scores`)).toEqual([
    { conversation_id: conversation, score: 9, scale: '0-10', bucket: 'promoter' },
  ]);
  expect(await call('GET', `/api/conversations/${conversation}`)).toMatchObject({
    status: 'closed',
    score: { score: 9, bucket: 'promoter' },
  });
  expect(await conversationOf('score')).toBe(conversation);
  await write('score', 'Ещё вопрос');
  expect(await conversationOf('score')).not.toBe(conversation);
});

it('without rules that ask, asking for a score says so', async () => {
  await write('nobody-asks', 'Привет');
  expect(await call('POST', `/api/conversations/${await conversationOf('nobody-asks')}/request-score`)).toEqual({ asked: false });
});

it('messages that people send before the client answers are held back from the CRM, and let go with his answer', async () => {
  await publish(
    'Рассылки',
    graphOf([node('sent', 'on-message', { direction: 'out' }), node('hold', 'hold-outbound', { release: 'reply' })], 'sent.next > hold'),
  );
  await write('held', 'Первое');
  const conversation = await conversationOf('held');
  await call('POST', `/api/conversations/${conversation}/close`);
  // The rules hear of it in a transaction of their own, which writes what it read; only then may it become
  // a conversation that the company begins: nothing has come in.
  const untold = `SELECT FROM rule_events WHERE conversation_id = $1`;
  await waitUntil('the closing was told', async () => (await database.query(untold, [conversation])).length === 0);
  await database.query(`UPDATE conversations SET status = 'open', inbound = 0, closed_at = NULL WHERE id = $1`, [conversation]);
  await database.query(`DELETE FROM conversation_memories WHERE subject = $1`, [conversation]);
  await call('POST', `/api/conversations/${conversation}/messages`, { text: 'У нас скидки' });
  const exported = `SELECT e.status FROM message_exports e JOIN messages m ON m.id = e.message_id WHERE m.text = 'У нас скидки'`;
  const status = async () => (await database.query<{ status: string }>(exported))[0]?.status;
  await waitUntil('the rules have seen it', async () => (await status()) === 'dropped');
  await write('held', 'Какие?');
  await waitUntil('it is exported', async () => (await status()) === 'exported');
});

it('closing, opening and a new stage are told to rules that start on them', async () => {
  await publish(
    'События',
    graphOf(
      [
        node('opened', 'on-conversation', { event: 'opened' }),
        node('o', 'add-note', { text: 'Открыта' }),
        node('moved', 'on-stage', { stage: 'Переговоры' }),
        node('s', 'add-note', { text: 'Переговоры' }),
        node('closed', 'on-conversation', { event: 'closed' }),
        node('c', 'add-note', { text: 'Закрыта' }),
        node('in', 'on-message'),
        node('bye', 'word-match', { patterns: 'пока' }),
        node('close', 'close-conversation'),
      ],
      'opened.next > o',
      'moved.next > s',
      'closed.next > c',
      'in.next > bye',
      'bye.yes > close',
    ),
  );
  await write('events', 'Привет');
  const [deal] = (await call('GET', '/api/deals?open=true'))['items'] as { id: string }[];
  await call('PATCH', `/api/deals/${deal?.id}`, { stage: 'Переговоры' });
  await waitUntil('the stage was told', async () => (await notesOf('events')).includes('Переговоры'));
  await write('events', 'Пока');
  await waitUntil('the closing was told', async () => (await notesOf('events')).includes('Закрыта'));
  expect(await notesOf('events')).toEqual(['Открыта', 'Переговоры', 'Закрыта']);
  expect(await call('GET', `/api/conversations/${await conversationOf('events')}`)).toMatchObject({ status: 'closed' });
});

it('a limit counts for the channel over all its conversations', async () => {
  await publish(
    'Не чаще',
    graphOf(
      [
        node('in', 'on-message'),
        node('few', 'limit', { by: 'channel', count: 2, per: 'P1D' }),
        node('hi', 'reply', { text: 'Раз' }),
        node('no', 'add-note', { text: 'Сверх' }),
      ],
      'in.next > few',
      'few.under > hi',
      'few.over > no',
    ),
  );
  for (const thread of ['one', 'two', 'three']) await write(`limit-${thread}`, 'Привет');
  expect([await sentTo('limit-one', 1), await sentTo('limit-two', 1)]).toEqual([['Раз'], ['Раз']]);
  expect(await notesOf('limit-three')).toEqual(['Сверх']);
});

it('the stop keeps everything that goes out, and lifting it lets it go', async () => {
  await publish('Привет', graphOf([node('in', 'on-message'), node('hi', 'reply', { text: 'Здравствуйте' })], 'in.next > hi'));
  await call('PATCH', '/api/account', { sendingStopped: true });
  await write('stopped', 'Алло');
  const waits = () =>
    database.query(
      `SELECT FROM outbox o JOIN conversations c ON c.id = o.conversation_id WHERE c.thread_key = 'stopped' AND o.status = 'queued' AND o.error = 'stopped'`,
    );
  await waitUntil('the reply waits', async () => (await waits()).length === 1);
  expect(desk.ledger.filter((sent) => sent.conversationId === 'stopped')).toEqual([]);
  await call('PATCH', '/api/account', { sendingStopped: false });
  expect(await sentTo('stopped', 1)).toEqual(['Здравствуйте']);
});

it('no more than 200 messages wait for one chat, and the admins are told', async () => {
  await publish('Привет', graphOf([node('in', 'on-message'), node('hi', 'reply', { text: 'Ещё' })], 'in.next > hi'));
  await write('full', 'Алло');
  await sentTo('full', 1);
  const conversation = await conversationOf('full');
  // A channel that has been stuck: 199 earlier messages wait, far in the future.
  await database.query(
    `WITH made AS (INSERT INTO messages (id, account_id, channel_id, conversation_id, contact_id, direction, origin, text, at)
       SELECT gen_random_uuid(), c.account_id, c.channel_id, c.id, c.contact_id, 'out', 'operator', 'старое', now() - interval '1 day' FROM conversations c, generate_series(1, 199) WHERE c.id = $1
       RETURNING id, account_id, channel_id, conversation_id)
     INSERT INTO outbox (id, account_id, channel_id, conversation_id, message_id, next_attempt_at) SELECT gen_random_uuid(), account_id, channel_id, conversation_id, id, now() + interval '1 day' FROM made`,
    [conversation],
  );
  await write('full', 'Раз');
  await write('full', 'Два');
  const details = await database.query(
    `SELECT e.detail FROM effects e JOIN runs r ON r.id = e.run_id WHERE r.conversation_id = $1 ORDER BY r.created_at`,
    [conversation],
  );
  expect(details).toEqual([{ detail: null }, { detail: null }, { detail: '200 messages wait for this chat already' }]);
  expect(await database.query(`SELECT FROM notifications WHERE conversation_id = $1`, [conversation])).toHaveLength(1);
});

describe('a call', () => {
  const asked: { method: string; url: string; body: string }[] = [];
  let shop: Server;
  let shopUrl: string;

  beforeAll(async () => {
    shop = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        asked.push({ method: request.method ?? '', url: request.url ?? '', body: Buffer.concat(chunks).toString() });
        if (request.url?.startsWith('/moved')) response.writeHead(302, { location: `${shopUrl}/secret` }).end();
        else if (request.url?.startsWith('/silent')) return;
        else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ order: { paid: true, total: 4200 } }));
      });
    });
    await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done));
    shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    shop.closeAllConnections();
    await new Promise((done) => shop.close(done));
  });

  const calling = (path: string, more: Record<string, unknown> = {}) =>
    graphOf(
      [
        node('in', 'on-message'),
        node('ask', 'http', { method: 'POST', url: `${shopUrl}${path}?who=%NAME%`, body: '{"text": "%TEXT%"}', ...more }),
        node('paid', 'if', { when: { field: 'vars.ask.body.order.paid', op: 'eq', value: true } }),
        node('yes', 'reply', { text: 'Заказ оплачен' }),
        node('no', 'reply', { text: 'Заказ не оплачен' }),
        node('fail', 'reply', { text: 'Магазин не отвечает' }),
      ],
      'in.next > ask',
      'ask.ok > paid',
      'paid.yes > yes',
      'paid.no > no',
      'ask.error > fail',
    );

  it('goes on with its answer, which is stored with the run', async () => {
    await publish('Заказы', calling('/orders'));
    await write('order', 'Где «мой» заказ?');
    expect(await sentTo('order', 1)).toEqual(['Заказ оплачен']);
    expect(asked.map(({ method, body }) => [method, body])).toEqual([['POST', '{"text": "Где «мой» заказ?"}']]);
    const [run] = await database.query<{ trace: { node: string; port: string }[] }>(
      `SELECT trace FROM runs WHERE cause ->> 'id' LIKE '%/ask/1'`,
    );
    expect(run?.trace.map(({ node: at, port }) => `${at}.${port}`)).toEqual(['ask.ok', 'paid.yes', 'yes.next']);
  });

  it('is not led elsewhere, and one that is not answered ends with its time', async () => {
    await publish('Заказы', calling('/moved'));
    await write('moved', 'Где заказ?');
    expect(await sentTo('moved', 1)).toEqual(['Магазин не отвечает']);
    expect(asked.some(({ url }) => url.startsWith('/secret'))).toBe(false);
    for (const { id } of await database.query<{ id: string }>(`SELECT id FROM rule_sets`))
      await call('PATCH', `/api/rule-sets/${id}`, { enabled: false });
    await publish('Молчание', calling('/silent', { timeout: 'PT1S' }));
    await write('mute', 'Где заказ?');
    expect(await sentTo('mute', 1)).toEqual(['Магазин не отвечает']);
  });
});

it('a schedule runs once at each of its instants on two servers, catches up what it missed, and tells people', async () => {
  const second = await startServer(database.url);
  const graph = graphOf(
    [node('tick', 'on-schedule', { cron: '* * * * * *' }), node('bell', 'notify', { to: ['all'], text: 'Пора' })],
    'tick.next > bell',
  );
  const id = await publish('Каждую секунду', graph);
  await waitUntil(
    'the schedule is known',
    async () => (await database.query(`SELECT FROM rule_schedules WHERE rule_set_id = $1`, [id])).length === 1,
  );
  await database.query(`UPDATE rule_schedules SET next_at = date_trunc('second', now()) - interval '40 s' WHERE rule_set_id = $1`, [id]);
  const ticks = () => database.query<{ at: Date }>(`SELECT at FROM runs WHERE rule_set_id = $1 ORDER BY at`, [id]);
  await waitUntil('it has caught up', async () => (await ticks()).length >= 43);
  await call('PATCH', `/api/rule-sets/${id}`, { enabled: false });
  await second.stop();
  const instants = (await ticks()).map(({ at }) => at.getTime());
  const caught = instants.filter((at) => at >= (instants.at(-1) ?? 0) - 40_000);
  expect(caught.map((at, index) => at - index * 1000)).toEqual(caught.map(() => caught[0]));
  expect(await database.query(`SELECT FROM notifications WHERE text = 'Пора'`)).toHaveLength(instants.length);
  expect(await database.query(`SELECT FROM users WHERE active`)).toHaveLength(1);
});
