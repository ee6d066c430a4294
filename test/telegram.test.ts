import { UnreadableBody, type ConnectedChannel, type OutgoingMessage } from '../server/channels/channel-connector.js';
import { ConnectorError } from '../server/channels/connector-error.js';
import { telegram as connector } from '../server/channels/telegram/telegram.connector.js';
import { secretTokenOf, telegramSettings } from '../server/channels/telegram/telegram.settings.js';
import { OutgoingCalls } from '../server/http/outgoing-calls.js';
import { closeAll, closers, startHook, startSimulator, until } from './simulators/telegram/simulator-under-test.js';
import type { SimulatorOptions } from './simulators/telegram/telegram-simulator.js';

/* The connector against the simulator, over real sockets and the guarded client. */

afterEach(closeAll);

async function start(settings: object = {}, options: SimulatorOptions = {}) {
  const parts = await startSimulator(options);
  const calls = new OutgoingCalls({ allowPrivateNetwork: true });
  closers.push(() => calls.close());
  const channel: ConnectedChannel<ReturnType<typeof telegramSettings.parse>> = {
    id: '0198-tg',
    name: 'Телеграм',
    account: null,
    surface: 'direct',
    hookUrl: 'http://127.0.0.1:1/hook',
    settings: telegramSettings.parse({ token: parts.bot.token, baseUrl: parts.telegram.baseUrl, ...settings }),
  };
  const send = (message: Partial<OutgoingMessage>) =>
    connector.send(
      {
        id: 'm',
        threadKey: `${parts.anna.id}`,
        chat: {},
        recipient: `${parts.anna.id}`,
        text: '',
        attachments: [],
        attempt: 1,
        ...message,
      },
      channel,
      calls,
    );
  const fetchUpdates = (cursor: string | null, waitMs = 0, signal = new AbortController().signal) => {
    if (!connector.poll) throw new Error('not polled');
    return connector.poll.fetch(channel, cursor, waitMs, calls, signal);
  };
  return { ...parts, calls, channel, send, fetchUpdates };
}

/** The refusal of a call, proven to be a ConnectorError that does not quote the token. */
async function refusalOf(call: Promise<unknown>, token: string): Promise<Pick<ConnectorError, 'kind' | 'message' | 'more'>> {
  const error = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(error instanceof ConnectorError)) throw new Error('not refused by a ConnectorError', { cause: error });
  const secret = token.slice(token.indexOf(':') + 1);
  expect(`${error.message}${error.stack}${JSON.stringify(error)}${JSON.stringify(error.cause ?? null)}`).not.toContain(secret);
  const { kind, message, more } = error;
  return { kind, message, more };
}

describe('connecting', () => {
  it('to polling learns the account and takes a webhook away', async () => {
    const { telegram, bot, channel, calls, call, fetchUpdates } = await start();
    await call('setWebhook', { url: 'http://127.0.0.1:1/' });
    expect(await refusalOf(fetchUpdates(null), bot.token)).toMatchObject({
      kind: 'misconfigured',
      message: expect.stringContaining('включён вебхук'),
    });
    expect(await connector.connect?.(channel, calls)).toEqual({ account: 'mebel_bot' });
    expect((await fetchUpdates(null)).bodies).toHaveLength(1);
    expect(telegram.pending({ bot: bot.id }).polling).toBe(false);
  });

  it('by webhook brings updates that verify and parse', async () => {
    const hook = await startHook((_, response) => void response.end());
    const { telegram, bot, channel, calls, call } = await start({ mode: 'webhook' });
    expect(await connector.connect?.({ ...channel, hookUrl: hook.url }, calls)).toEqual({ account: 'mebel_bot' });
    await until(() => telegram.pending({ bot: bot.id }).updates === 0);
    const [got] = hook.got;
    const body = Buffer.from(JSON.stringify(got?.update));
    const headers = { 'x-telegram-bot-api-secret-token': String(got?.secret) };
    expect(got?.secret).toBe(secretTokenOf(channel));
    expect(connector.verify({ method: 'POST', headers, body, receivedAt: 0 }, channel)).toEqual({ store: true });
    expect(connector.parse(body, channel).events).toMatchObject([{ type: 'message-received', text: '/start' }]);
    expect((await call('getWebhookInfo')).body.result).toMatchObject({ allowed_updates: ['message', 'edited_message', 'my_chat_member'] });
    await connector.disconnect?.(channel, calls);
    expect((await call('getWebhookInfo')).body.result).toMatchObject({ url: '' });
  });

  it.each(['/hooks/abc', 'http://chat.example.test/hooks/abc', 'https://chat.example.test:3000/hooks/abc'])(
    'by webhook to %s says what Telegram needs, before any call',
    async (hookUrl) => {
      const { bot, channel } = await start({ mode: 'webhook', baseUrl: undefined });
      const calls = { request: () => Promise.reject(new Error('called')) };
      const refusal = await refusalOf(connector.connect?.({ ...channel, hookUrl }, calls) ?? Promise.resolve(), bot.token);
      expect(refusal).toMatchObject({ kind: 'misconfigured', message: expect.stringContaining('PUBLIC_URL') });
    },
  );

  it('with a revoked token is misconfigured', async () => {
    const { telegram, bot, channel, calls, send, fetchUpdates } = await start();
    telegram.revokeToken({ bot: bot.id });
    for (const call of [
      connector.connect?.(channel, calls),
      connector.disconnect?.(channel, calls),
      send({ text: 'а' }),
      fetchUpdates(null),
    ]) {
      expect(await refusalOf(call ?? Promise.resolve(), bot.token)).toMatchObject({ kind: 'misconfigured' });
    }
  });
});

describe('polling', () => {
  it('gives each update as a body, and the same again until its cursor comes back', async () => {
    const { telegram, bot, anna, channel, fetchUpdates } = await start();
    telegram.clientWrites({ bot: bot.id, user: anna.id, text: 'раз' });
    const first = await fetchUpdates(null);
    const texts = first.bodies.map((body) => connector.parse(body, channel).events[0]);
    expect(texts).toMatchObject([{ text: '/start' }, { text: 'раз' }]);
    expect((await fetchUpdates(null)).bodies).toEqual(first.bodies);
    const next = await fetchUpdates(first.cursor);
    expect(next).toEqual({ bodies: [], cursor: first.cursor });
    expect(telegram.pending({ bot: bot.id }).updates).toBe(0);
  });

  it('waits for news', async () => {
    const { telegram, bot, anna, fetchUpdates } = await start();
    const { cursor } = await fetchUpdates(null);
    const waiting = fetchUpdates(cursor, 25_000);
    await until(() => telegram.pending({ bot: bot.id }).polling);
    telegram.clientWrites({ bot: bot.id, user: anna.id, text: 'раз' });
    expect((await waiting).bodies).toHaveLength(1);
  });

  it('forgets an offset that a silent week may have outdated', async () => {
    const { fetchUpdates } = await start();
    const week = 7 * 86_400_000;
    expect((await fetchUpdates(`2000000000@${Date.now() - week - 1}`)).bodies).toHaveLength(1);
    expect((await fetchUpdates(`2000000000@${Date.now() - week + 60_000}`)).bodies).toHaveLength(0);
  });

  it('says when another program polls the same bot', async () => {
    const { telegram, bot, call, fetchUpdates } = await start();
    const { cursor } = await fetchUpdates(null);
    const waiting = fetchUpdates(cursor, 25_000);
    const refused = refusalOf(waiting, bot.token);
    await until(() => telegram.pending({ bot: bot.id }).polling);
    await call('getUpdates');
    expect(await refused).toMatchObject({ kind: 'misconfigured', message: expect.stringContaining('другая программа') });
  });

  it('ends when it is called off', async () => {
    const { telegram, bot, fetchUpdates } = await start();
    const { cursor } = await fetchUpdates(null);
    const stop = new AbortController();
    const waiting = fetchUpdates(cursor, 25_000, stop.signal);
    const ended = expect(waiting).rejects.toThrow();
    await until(() => telegram.pending({ bot: bot.id }).polling);
    stop.abort();
    await ended;
  });

  it('keeps ids beyond 2^53 as they came', async () => {
    const { channel, calls } = await start();
    const body = Buffer.from(
      '{"ok":true,"result":[{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":9007199254740993,"type":"private"},"text":"а"}}]}',
    );
    const answering = { request: () => Promise.resolve({ status: 200, headers: {}, body }) };
    const fetched = await connector.poll?.fetch(channel, null, 0, answering, new AbortController().signal);
    expect(fetched?.bodies[0]?.toString()).toContain('"id":9007199254740993');
    expect(calls).toBeInstanceOf(OutgoingCalls);
  });

  it.each([
    '<html>',
    '[]',
    '{"ok":true,"result":{}}',
    '{"ok":true,"result":[{"update_id":"x"}]}',
    `{"ok":true,"result":${'['.repeat(5000)}`,
  ])('finds %p unreachable and never lets the parser speak', async (text) => {
    const { bot, channel } = await start();
    const calls = { request: () => Promise.resolve({ status: 200, headers: {}, body: Buffer.from(text) }) };
    const fetched = connector.poll?.fetch(channel, null, 0, calls, new AbortController().signal) ?? Promise.resolve();
    expect(await refusalOf(fetched, bot.token)).toMatchObject({ kind: 'unreachable' });
    expect(() => connector.parse(Buffer.from(text), channel)).toThrow(UnreadableBody);
  });
});

describe('sending', () => {
  it('gives the id under which an edit or an answer will come', async () => {
    const { telegram, bot, anna, channel, send, fetchUpdates } = await start();
    const { externalId } = await send({ text: 'Здравствуйте', replyTo: `${anna.id}:1` });
    expect(externalId).toBe(`${anna.id}:2`);
    expect(telegram.sent()).toMatchObject([{ text: 'Здравствуйте', chat: anna.id, params: { reply_parameters: { message_id: 1 } } }]);
    telegram.clientWrites({ bot: bot.id, user: anna.id, text: 'Да', replyTo: 2 });
    const { bodies } = await fetchUpdates(null);
    expect(connector.parse(bodies.at(-1) ?? Buffer.alloc(0), channel).events).toMatchObject([{ replyTo: externalId }]);
  });

  it('sends back the files that came, and files by address', async () => {
    const { telegram, bot, anna, channel, send, fetchUpdates } = await start({}, { chatBurst: 10 });
    telegram.clientWrites({ bot: bot.id, user: anna.id, file: { field: 'voice' } });
    const { bodies } = await fetchUpdates(null);
    const [event] = connector.parse(bodies.at(-1) ?? Buffer.alloc(0), channel).events;
    await send({ attachments: event?.type === 'message-received' ? event.attachments : [] });
    await send({ text: 'Комната', attachments: [{ type: 'image', url: 'https://shop.example.test/a.jpg' }] });
    await send({ text: 'Счёт', attachments: [{ type: 'file', url: 'https://shop.example.test/a.pdf' }] });
    expect(telegram.sent().map(({ method, text }) => [method, text])).toEqual([
      ['sendVoice', ''],
      ['sendPhoto', 'Комната'],
      ['sendDocument', 'Счёт'],
    ]);
  });

  it('answers a comment where it stands, and refuses when it is gone', async () => {
    const { telegram, bot, anna, channel, send, fetchUpdates } = await start();
    const group = telegram.addChat({ type: 'supergroup', title: 'О', bots: [bot.id] });
    const posts = telegram.addChat({ type: 'channel', title: 'К', username: 'k_posts', discussion: group.id });
    const copy = telegram.channelPosts({ channel: posts.id, text: 'Новое' });
    const comment = telegram.clientComments({ bot: bot.id, user: anna.id, chat: group.id, post: copy.message_id, text: 'Почём?' });
    const { bodies } = await fetchUpdates(null);
    const [event] = connector.parse(bodies.at(-1) ?? Buffer.alloc(0), channel).events;
    if (event?.type !== 'message-received') throw new Error('no comment');
    await send({ threadKey: event.threadKey, text: '100' });
    expect(telegram.sent()).toMatchObject([{ chat: group.id, params: { reply_parameters: { message_id: comment.message_id } } }]);
    const gone = await refusalOf(send({ threadKey: `${group.id}:comment:${copy.message_id}:999`, text: '100' }), bot.token);
    expect(gone).toMatchObject({ kind: 'rejected' });
  });

  it('waits as long as a 429 says, for this chat', async () => {
    const { telegram, bot, send } = await start();
    telegram.plansFault({ fault: { kind: 'too-many-requests', seconds: 7 } });
    expect(await refusalOf(send({ text: 'а' }), bot.token)).toMatchObject({ kind: 'throttled', more: { waitMs: 7000, scope: 'chat' } });
    expect(telegram.sent()).toEqual([]);
  });

  it('is rejected for good by who blocks the bot, and by groups without it', async () => {
    const { telegram, bot, anna, channel, send, fetchUpdates } = await start();
    telegram.clientBlocks({ bot: bot.id, user: anna.id });
    expect(await refusalOf(send({ text: 'а' }), bot.token)).toMatchObject({ kind: 'rejected', more: { contactBlocked: true } });
    const { bodies } = await fetchUpdates(null);
    expect(connector.parse(bodies.at(-1) ?? Buffer.alloc(0), channel).events).toMatchObject([{ type: 'contact-blocked', blocked: true }]);
    const group = telegram.addChat({ type: 'supergroup', title: 'Г', bots: [bot.id] });
    telegram.kicksBot({ bot: bot.id, chat: group.id });
    const kicked = await refusalOf(send({ threadKey: `${group.id}`, text: 'а' }), bot.token);
    expect(kicked).toMatchObject({ kind: 'rejected', more: {} });
    expect(kicked.more).not.toHaveProperty('contactBlocked', true);
    expect(await refusalOf(send({ threadKey: '5', text: 'а' }), bot.token)).toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('chat not found'),
    });
    expect(await refusalOf(send({ threadKey: 'нет', text: 'а' }), bot.token)).toMatchObject({ kind: 'rejected' });
  });

  it('follows a group that became a supergroup', async () => {
    const { telegram, bot, channel, send, fetchUpdates } = await start();
    const group = telegram.addChat({ type: 'group', title: 'Г', bots: [bot.id] });
    const moved = telegram.migratesGroup({ chat: group.id });
    const refusal = await refusalOf(send({ threadKey: `${group.id}`, text: 'а' }), bot.token);
    expect(refusal).toMatchObject({ kind: 'rejected', more: { movedTo: `${moved.id}` } });
    expect(await send({ threadKey: `${moved.id}`, text: 'а', replyTo: `${group.id}:1` })).toEqual({ externalId: `${moved.id}:2` });
    const { bodies } = await fetchUpdates(null);
    const events = bodies.flatMap((body) => connector.parse(body, channel).events).filter((event) => event.type === 'thread-moved');
    expect(events).toMatchObject([
      { from: `${group.id}`, to: `${moved.id}` },
      { from: `${group.id}`, to: `${moved.id}` },
    ]);
  });

  it.each([true, false])('does not know what became of a message whose answer was lost (stored: %p)', async (stored) => {
    const { telegram, bot, send } = await start();
    for (const kind of ['reset', 'bad-gateway'] as const) {
      telegram.plansFault({ fault: { kind, stored } });
      expect(await refusalOf(send({ text: kind }), bot.token)).toMatchObject({ kind: 'unknown' });
    }
    expect(telegram.sent()).toHaveLength(stored ? 2 : 0);
  });

  it('is surely not sent where nobody listens', async () => {
    const { telegram, bot, channel, calls } = await start();
    await telegram.stop();
    closers.splice(0, 1);
    expect(await refusalOf(connector.send({ ...emptyMessage, text: 'а' }, channel, calls), bot.token)).toMatchObject({
      kind: 'unreachable',
    });
  });

  it('never repeats the half that went through', async () => {
    const { telegram, bot, send } = await start();
    const parts = { text: 'Тут', attachments: [{ type: 'location', url: 'geo:55.7,37.6' }] };
    telegram.plansFault({ fault: { kind: 'too-many-requests', seconds: 7 }, method: 'sendLocation' });
    expect(await refusalOf(send(parts), bot.token)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('1 из 2'),
      more: {},
    });
    expect(telegram.sent().map(({ method }) => method)).toEqual(['sendMessage']);
  });

  it.each([
    [301, 'misconfigured'],
    [403, 'unreachable'],
    [500, 'unknown'],
    [200, 'unknown'],
  ])('takes the HTML of a stranger with status %p as %s, and cuts the token out of it', async (status, kind) => {
    const { bot, channel } = await start();
    const calls = { request: () => Promise.resolve({ status, headers: {}, body: Buffer.from(`<html>${bot.token}</html>`) }) };
    expect(await refusalOf(connector.send({ ...emptyMessage, text: 'а' }, channel, calls), bot.token)).toMatchObject({ kind });
  });

  it('cuts the token out of what the platform and the client say', async () => {
    const { bot, channel } = await start();
    const echo = Buffer.from(
      JSON.stringify({ ok: false, error_code: 400, description: `Bad Request: /bot${bot.token}/x ${encodeURIComponent(bot.token)}` }),
    );
    const echoing = { request: () => Promise.resolve({ status: 400, headers: {}, body: echo }) };
    expect((await refusalOf(connector.send({ ...emptyMessage, text: 'а' }, channel, echoing), bot.token)).message).toContain('***');
    const failing = { request: (call: { url: string }) => Promise.reject(new ConnectorError('unreachable', `no answer from ${call.url}`)) };
    expect((await refusalOf(connector.send({ ...emptyMessage, text: 'а' }, channel, failing), bot.token)).message).toContain('***');
    const broken = { request: (call: { url: string }) => Promise.reject(new Error(`bug at ${call.url}`)) };
    const bug = await connector.send({ ...emptyMessage, text: 'а' }, channel, broken).catch((error: Error) => error);
    expect(bug).toMatchObject({ message: expect.stringContaining('bug at') });
    expect(bug instanceof Error ? `${bug.message}${bug.stack}` : '').not.toContain(bot.token.split(':')[1]);
  });

  it('keeps under the limits when its buckets are kept', async () => {
    const { clock, telegram, bot, channel, send } = await start();
    const group = telegram.addChat({ type: 'supergroup', title: 'Г', bots: [bot.id] });
    const message = { ...emptyMessage, threadKey: `${group.id}`, text: 'а' };
    const limits = connector.limits(channel, message);
    const buckets = limits.map(({ burst, everyMs }) => ({ tokens: burst, burst, everyMs }));
    for (let elapsed = 0; elapsed < 120_000; elapsed += 100) {
      if (buckets.every(({ tokens }) => tokens >= 1)) {
        for (const bucket of buckets) bucket.tokens--;
        await send(message);
      }
      clock.advance(100);
      for (const bucket of buckets) bucket.tokens = Math.min(bucket.burst, bucket.tokens + 100 / bucket.everyMs);
    }
    expect(telegram.sent().length).toBeGreaterThanOrEqual(34);
  });
});

const emptyMessage: OutgoingMessage = { id: 'm', threadKey: '5', chat: {}, recipient: '5', text: '', attachments: [], attempt: 1 };
