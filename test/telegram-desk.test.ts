import { type TestDatabase, newDatabase } from './support/database.js';
import { type ServerProcess, killServers, signInAsOwner, startServer } from './support/server-process.js';
import { waitUntil } from './support/wait-until.js';
import { TelegramSimulator } from './simulators/telegram/telegram-simulator.js';

/* A company's Telegram bot on the real server, polled, with the simulator in Telegram's place; its ledger is what clients got. */
const graph = {
  format: 1,
  name: 'Приём',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'hello', type: 'reply', settings: { text: 'Принято: %TEXT%' } },
    { id: 'note', type: 'add-note', settings: { text: 'Пришло: %TEXT%' } },
  ],
  edges: [
    { from: 'in.next', to: 'hello' },
    { from: 'hello.next', to: 'note' },
  ],
};

let database: TestDatabase;
let telegram: TelegramSimulator;
let bot: { id: number; token: string };
let server: ServerProcess;
let call: Awaited<ReturnType<typeof signInAsOwner>>;
/** What every process of this suite has written, and what the API has answered. */
const logs: string[] = [];
const answers: string[] = [];

beforeAll(async () => {
  database = await newDatabase();
  // Its burst is one more than ours: what jitters between our clock and its own must not look like a message too many.
  telegram = await TelegramSimulator.start({ chatBurst: 4 });
  bot = telegram.addBot({ username: 'mebel_bot' });
  await start();
  const ruleSet = await call('POST', '/api/rule-sets', { name: 'Приём', graph });
  await call('POST', `/api/rule-sets/${String(ruleSet['id'])}/publish`, {});
  const channel = await call('POST', '/api/channels', {
    kind: 'telegram',
    name: 'Бот',
    settings: { token: bot.token, baseUrl: telegram.baseUrl },
  });
  await waitUntil('the bot is polled', () => telegram.pending({ bot: bot.id }).polling, 20_000);
  expect(await call('GET', `/api/channels/${String(channel['id'])}`)).toMatchObject({
    account: 'mebel_bot',
    health: { state: 'connected' },
  });
});

afterAll(async () => {
  await server.stop();
  killServers();
  await telegram.stop();
  await database.close();
});

async function start(): Promise<void> {
  server = await startServer(database.url, { LOG_LEVEL: 'debug' });
  const asked = await signInAsOwner(server.url);
  call = async (...request) => {
    const answer = await asked(...request);
    answers.push(JSON.stringify(answer));
    return answer;
  };
}

const newClient = (first_name: string) => telegram.addUser({ first_name });
const write = (user: number, text: string) => telegram.clientWrites({ bot: bot.id, user, text });
const sentTo = (chat: number) => telegram.sent().filter((entry) => entry.chat === chat);
const textsTo = (chat: number) => sentTo(chat).map((entry) => entry.text);

/** The newest message of this text, as the log shows it. */
async function shown(text: string): Promise<Record<string, any> | undefined> {
  const { items } = await call('GET', `/api/messages?q=${encodeURIComponent(text)}`);
  return (items as Record<string, any>[]).find((message) => message['text'] === text);
}

async function waitForDelivery(text: string, status: string, withinMs = 15_000): Promise<Record<string, any>> {
  await waitUntil(`«${text}» is ${status}`, async () => (await shown(text))?.['delivery']?.status === status, withinMs);
  return call('GET', `/api/messages/${(await shown(text))?.['id']}`);
}

it('answers a person’s texts and pictures once each, in order, within the limits of Telegram', async () => {
  const anna = newClient('Анна');
  const texts = Array.from({ length: 8 }, (_, i) => `вопрос ${i}`);
  for (const text of texts) write(anna.id, text);
  telegram.clientWrites({ bot: bot.id, user: anna.id, caption: 'вот фото', file: { field: 'photo' } });
  const wanted = [...texts, 'вот фото'].map((text) => `Принято: ${text}`);
  await waitUntil('all are answered', () => textsTo(anna.id).length >= wanted.length, 20_000);
  expect(textsTo(anna.id)).toEqual(wanted);
  const photo = await shown('вот фото');
  expect(photo).toMatchObject({ kind: 'image', contact: { name: 'Анна' }, attachments: [{ type: 'image' }] });
  await waitForDelivery(wanted.at(-1) ?? '', 'sent');
  // Our own buckets kept below Telegram's limits: nobody had to be told to wait.
  expect(await database.query(`SELECT detail FROM delivery_attempts WHERE outcome <> 'sent'`)).toEqual([]);
  expect(await database.query(`SELECT 1 FROM conversations WHERE thread_key = $1`, [String(anna.id)])).toHaveLength(1);
});

it('answers in a group where it was asked, in one conversation of the group', async () => {
  const group = telegram.addChat({ type: 'supergroup', title: 'Соседи', bots: [bot.id] });
  const [anna, boris] = [newClient('Анна'), newClient('Борис')];
  const asked = telegram.clientWrites({ bot: bot.id, user: anna.id, chat: group.id, text: 'Где склад?' });
  telegram.clientWrites({ bot: bot.id, user: boris.id, chat: group.id, text: 'И мне скажите' });
  await waitUntil('both are answered', () => sentTo(group.id).length === 2, 20_000);
  expect(sentTo(group.id)[0]).toMatchObject({
    text: 'Принято: Где склад?',
    params: { reply_parameters: { message_id: asked.message_id } },
  });
  const [first, second] = [await shown('Где склад?'), await shown('И мне скажите')];
  expect(first).toMatchObject({ contact: { name: 'Анна' } });
  expect(second).toMatchObject({ contact: { name: 'Борис' }, conversation: first?.['conversation'] });
});

it('answers a comment under its post', async () => {
  const group = telegram.addChat({ type: 'supergroup', title: 'Обсуждение', bots: [bot.id] });
  const channel = telegram.addChat({ type: 'channel', title: 'Новости', username: 'mebel_news', discussion: group.id });
  const post = telegram.channelPosts({ channel: channel.id, text: 'Новая коллекция' });
  const vera = newClient('Вера');
  const comment = telegram.clientComments({ bot: bot.id, user: vera.id, chat: group.id, post: post.message_id, text: 'Почём?' });
  await waitUntil('it is answered', () => sentTo(group.id).length === 1, 20_000);
  expect(sentTo(group.id)).toMatchObject([{ text: 'Принято: Почём?', params: { reply_parameters: { message_id: comment.message_id } } }]);
  const [stored] = await database.query(`SELECT post FROM messages WHERE text = 'Почём?'`);
  expect(stored?.['post']).toMatchObject({ url: expect.stringContaining('mebel_news') });
});

it('shows an edited text and does not answer it again', async () => {
  const anna = newClient('Анна');
  const message = write(anna.id, 'Апечатка');
  await waitUntil('it is answered', () => sentTo(anna.id).length === 1);
  telegram.clientEdits({ bot: bot.id, chat: anna.id, message: message.message_id, text: 'Опечатка' });
  await waitUntil('the log shows the edit', async () => (await shown('Опечатка'))?.['editedAt'] != null);
  write(anna.id, 'дальше');
  await waitUntil('the next one is answered', () => sentTo(anna.id).length > 1);
  expect(textsTo(anna.id)).toEqual(['Принято: Апечатка', 'Принято: дальше']);
});

it('waits as long as a 429 says, then sends once and in order', async () => {
  const anna = newClient('Анна');
  telegram.plansFault({ fault: { kind: 'too-many-requests', seconds: 3 } });
  const from = Date.now();
  write(anna.id, 'первый');
  write(anna.id, 'второй');
  await waitUntil('both are answered', () => sentTo(anna.id).length === 2, 20_000);
  expect(textsTo(anna.id)).toEqual(['Принято: первый', 'Принято: второй']);
  expect(Date.parse(sentTo(anna.id)[0]?.at ?? '') - from).toBeGreaterThanOrEqual(3_000);
  const { deliveryAttempts } = await waitForDelivery('Принято: первый', 'sent');
  expect(deliveryAttempts).toMatchObject([{ outcome: 'throttled' }, { outcome: 'sent' }]);
});

it('gives up on who blocked the bot, says so, and answers again when he is back', async () => {
  const anna = newClient('Анна');
  write(anna.id, 'и сразу блокирую');
  telegram.clientBlocks({ bot: bot.id, user: anna.id });
  const message = await waitForDelivery('Принято: и сразу блокирую', 'failed');
  expect(message['delivery']).toMatchObject({ attempts: 1, error: expect.stringContaining('bot was blocked by the user') });
  const blocked = async () =>
    (await database.query(`SELECT blocked FROM contact_identities WHERE external_id = $1`, [String(anna.id)]))[0]?.['blocked'];
  expect(await blocked()).toBe(true);
  telegram.clientUnblocks({ bot: bot.id, user: anna.id });
  write(anna.id, 'я вернулась');
  await waitUntil('she is answered', () => sentTo(anna.id).length === 1);
  expect(await blocked()).toBe(false);
});

it('follows a group that became a supergroup, also when the answer was waiting', async () => {
  const group = telegram.addChat({ type: 'group', title: 'Мастера', bots: [bot.id] });
  const anna = newClient('Анна');
  // The answer to this one gets a 429, so that it waits while the group moves and people write in the new one.
  telegram.plansFault({ fault: { kind: 'too-many-requests', seconds: 2 } });
  telegram.clientWrites({ bot: bot.id, user: anna.id, chat: group.id, text: 'до переезда' });
  await waitUntil(
    'its answer waits',
    async () =>
      (
        await database.query(
          `SELECT 1 FROM outbox o JOIN messages m ON m.id = o.message_id WHERE m.text = 'Принято: до переезда' AND o.status = 'queued' AND o.attempts = 1`,
        )
      ).length === 1,
  );
  const moved = telegram.migratesGroup({ chat: group.id });
  telegram.clientWrites({ bot: bot.id, user: anna.id, chat: moved.id, text: 'после переезда' });
  await waitUntil('both answers are in the new group', () => sentTo(moved.id).length === 2, 20_000);
  expect(textsTo(moved.id)).toEqual(['Принято: до переезда', 'Принято: после переезда']);
  const [before, after] = [await shown('до переезда'), await shown('после переезда')];
  expect(after?.['conversation']).toEqual(before?.['conversation']);
});

it('learns of the move from the refusal when the news of it never came', async () => {
  const group = telegram.addChat({ type: 'group', title: 'Тихие', bots: [bot.id] });
  const anna = newClient('Анна');
  telegram.plansFault({ fault: { kind: 'too-many-requests', seconds: 3 } });
  telegram.clientWrites({ bot: bot.id, user: anna.id, chat: group.id, text: 'не слышно' });
  const waits = `SELECT o.id, o.conversation_id FROM outbox o JOIN messages m ON m.id = o.message_id WHERE m.text = 'Принято: не слышно' AND o.status = 'queued' AND o.attempts = 1`;
  await waitUntil('its answer waits', async () => (await database.query(waits)).length === 1);
  const moved = telegram.migratesGroup({ chat: group.id });
  await waitUntil(
    'the news of the move is worked off',
    async () => (await database.query(`SELECT 1 FROM conversations WHERE thread_key = $1`, [String(moved.id)])).length === 1,
  );
  // As if it had been lost, and somebody's message had opened a conversation of the new group meanwhile.
  await database.query(`UPDATE conversations SET thread_key = $2 WHERE thread_key = $1`, [String(moved.id), String(group.id)]);
  telegram.clientWrites({ bot: bot.id, user: anna.id, chat: moved.id, text: 'уже в новой' });
  await waitUntil('both answers are in the new group', () => sentTo(moved.id).length === 2, 20_000);
  expect(textsTo(moved.id).toSorted()).toEqual(['Принято: не слышно', 'Принято: уже в новой'].toSorted());
  await waitForDelivery('Принято: не слышно', 'sent');
});

it('does not know what became of a message whose answer was lost, does not repeat it, and repeats it when a person says so', async () => {
  const anna = newClient('Анна');
  telegram.plansFault({ fault: { kind: 'reset', stored: true } });
  write(anna.id, 'обрыв');
  const message = await waitForDelivery('Принято: обрыв', 'unknown');
  expect(message['deliveryAttempts']).toMatchObject([{ outcome: 'unknown' }]);
  // The conversation goes on, and the unclear one is not in front of it.
  write(anna.id, 'после обрыва');
  await waitUntil('the next one is answered', () => sentTo(anna.id).length === 2);
  expect(textsTo(anna.id)).toEqual(['Принято: обрыв', 'Принято: после обрыва']);
  await call('POST', `/api/messages/${message['id']}/resend`);
  await waitUntil('it is sent again', () => sentTo(anna.id).length === 3);
  expect(textsTo(anna.id)[2]).toBe('Принято: обрыв');
  const after = await waitForDelivery('Принято: обрыв', 'sent');
  expect(after['deliveryAttempts']).toMatchObject([{ outcome: 'unknown' }, { outcome: 'sent' }]);
});

it('loses no update and doubles none when the server is killed while it polls', async () => {
  const clients = Array.from({ length: 6 }, (_, i) => newClient(`Клиент ${i}`));
  const texts: string[] = [];
  for (let round = 0; round < 3; round++) {
    for (const client of clients) {
      const text = `убийство ${round} клиента ${client.id}`;
      texts.push(text);
      write(client.id, text);
    }
    // Killed with updates under way: some taken and not confirmed, some waiting.
    if (round > 0) await waitUntil('some are stored', async () => (await storedTexts(round)).length >= round * 2 - 1);
    logs.push(server.written());
    await server.kill();
    await start();
  }
  await waitUntil('all are stored', async () => (await storedTexts()).length >= texts.length, 20_000);
  expect((await storedTexts()).toSorted()).toEqual(texts.toSorted());
  const notes = await database.query<{ text: string }>(`SELECT text FROM notes WHERE text LIKE 'Пришло: убийство %'`);
  expect(notes.map((note) => note.text).toSorted()).toEqual(texts.map((text) => `Пришло: ${text}`).toSorted());
  await waitUntil(
    'every delivery has an end',
    async () => (await database.query(`SELECT 1 FROM outbox WHERE status IN ('queued', 'sending')`)).length === 0,
    30_000,
  );
  const ends = await database.query<{ text: string; status: string }>(
    `SELECT m.text, o.status FROM outbox o JOIN messages m ON m.id = o.message_id WHERE m.text LIKE 'Принято: убийство %'`,
  );
  expect(ends).toHaveLength(texts.length);
  // Telegram takes no key against doubles: what a kill interrupted is unclear and may have arrived, all else has arrived once.
  for (const { text, status } of ends) {
    const arrived = telegram.sent().filter((entry) => entry.text === text).length;
    expect([text, status === 'unknown' ? arrived <= 1 : status === 'sent' && arrived === 1]).toEqual([text, true]);
  }
});

async function storedTexts(round?: number): Promise<string[]> {
  const rows = await database.query<{ text: string }>(`SELECT text FROM messages WHERE direction = 'in' AND text LIKE $1`, [
    `убийство ${round ?? '%'}%`,
  ]);
  return rows.map((row) => row.text);
}

it('shows the bot’s token in no log, no answer and no row', async () => {
  const secret = bot.token.slice(bot.token.indexOf(':') + 1);
  const channels = (await call('GET', '/api/channels'))['items'] as { id: string }[];
  await call('GET', `/api/channels/${channels[0]?.id}`);
  await call('GET', '/api/audit');
  telegram.revokeToken({ bot: bot.id });
  write(newClient('Анна').id, 'после отзыва');
  await waitUntil('the channel fails', async () => {
    const row = await call('GET', `/api/channels/${channels[0]?.id}`);
    return (row['health'] as { state: string }).state === 'failing';
  });
  logs.push(server.written());
  expect(logs.join('').length).toBeGreaterThan(1_000);
  expect(answers.length).toBeGreaterThan(20);
  const needles = [
    secret,
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
    Buffer.from(bot.token).toString('base64'),
  ];
  for (const needle of needles) {
    expect(logs.some((text) => text.includes(needle))).toBe(false);
    expect(answers.some((text) => text.includes(needle))).toBe(false);
  }
  const tables = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(20);
  const found = [];
  for (const { name } of tables) {
    // A row as text shows bytes as hex, so both forms are looked for.
    const rows = await database.query(`SELECT 1 FROM ${name} AS t WHERE t::text ILIKE ANY ($1) LIMIT 1`, [
      needles.map((needle) => `%${needle.replaceAll('_', '\\_')}%`),
    ]);
    if (rows.length > 0) found.push(name);
  }
  expect(found).toEqual([]);
});
