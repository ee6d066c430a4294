import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { callAs, closeAll, closers, startSimulator as start, until, type Reply } from './simulator-under-test.js';

afterEach(closeAll);

describe('the HTTP face', () => {
  it('takes JSON, form, query and multipart', async () => {
    const { telegram, bot, anna } = await start({ chatBurst: 5 });
    const url = `${telegram.baseUrl}/bot${bot.token}/sendMessage`;
    const reply = JSON.stringify({ message_id: 1 });
    const form = new FormData();
    form.set('chat_id', `${anna.id}`);
    form.set('document', new Blob(['план']), 'план.txt');
    const answers = [
      await fetch(`${url}?chat_id=${anna.id}&text=${encodeURIComponent('{"a":1}')}`),
      await fetch(url, { method: 'POST', body: new URLSearchParams({ chat_id: `${anna.id}`, text: 'форма', reply_parameters: reply }) }),
      await fetch(`${telegram.baseUrl}/bot${bot.token}/sendDocument`, { method: 'POST', body: form }),
    ];
    const results = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { result: Record<string, unknown> }).result));
    expect(results).toMatchObject([
      { text: '{"a":1}' },
      { text: 'форма', reply_to_message: { message_id: 1 } },
      { document: { file_name: 'план.txt', file_size: 8 } },
    ]);
  });

  it('refuses tokens and methods that it does not know', async () => {
    const { telegram, bot, call } = await start();
    expect((await callAs(telegram.baseUrl, 'nonsense', 'getMe')).body).toEqual({
      ok: false,
      error_code: 401,
      description: 'Unauthorized: invalid token specified',
    });
    expect((await call('getNothing')).body).toEqual({ ok: false, error_code: 404, description: 'Not Found' });
    telegram.revokeToken({ bot: bot.id });
    expect((await call('getMe')).body).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' });
  });

  it('gives files by a link that lives an hour', async () => {
    const { clock, telegram, bot, anna, call } = await start();
    const message = telegram.clientWrites({ bot: bot.id, user: anna.id, file: { field: 'document', text: 'план' } }) as unknown as {
      document: { file_id: string };
    };
    const { file_path } = (await call('getFile', { file_id: message.document.file_id })).body.result as { file_path: string };
    const link = `${telegram.baseUrl}/file/bot${bot.token}/${file_path}`;
    expect(await (await fetch(link)).text()).toBe('план');
    clock.advance(3_600_000);
    expect((await fetch(link)).status).toBe(404);
  });
});

describe('getUpdates', () => {
  const texts = (body: Reply) => (body.result as { message: { text: string } }[]).map((update) => update.message.text);

  it('repeats updates until an offset confirms them', async () => {
    const { telegram, bot, anna, call } = await start();
    telegram.clientWrites({ bot: bot.id, user: anna.id, text: 'раз' });
    const first = await call('getUpdates', { limit: 1 });
    expect(texts(first.body)).toEqual(['/start']);
    const [update] = first.body.result as { update_id: number }[];
    expect(texts((await call('getUpdates')).body)).toEqual(['/start', 'раз']);
    expect(texts((await call('getUpdates', { offset: (update?.update_id ?? 0) + 1 })).body)).toEqual(['раз']);
    expect(texts((await call('getUpdates')).body)).toEqual(['раз']);
  });

  it('waits for news, and no longer than asked', async () => {
    const { clock, telegram, bot, anna, call } = await start();
    await call('getUpdates', { offset: 2_000_000_000 });
    const waiting = call('getUpdates', { timeout: 50 });
    await until(() => telegram.pending({ bot: bot.id }).polling);
    telegram.clientWrites({ bot: bot.id, user: anna.id, text: 'раз' });
    expect(texts((await waiting).body)).toEqual(['раз']);
    await call('getUpdates', { offset: 2_000_000_000 });
    const long = call('getUpdates', { timeout: 9999 });
    await until(() => telegram.pending({ bot: bot.id }).polling);
    clock.advance(50_000);
    expect((await long).body.result).toEqual([]);
  });

  it('drops what is older than 24 hours', async () => {
    const { clock, telegram, bot, anna, call } = await start();
    clock.advance(23 * 3_600_000);
    telegram.clientWrites({ bot: bot.id, user: anna.id, text: 'раз' });
    clock.advance(3_600_000);
    expect(texts((await call('getUpdates')).body)).toEqual(['раз']);
  });

  it('has one caller at a time, and none beside a webhook', async () => {
    const { clock, telegram, bot, call } = await start();
    await call('getUpdates', { offset: 2_000_000_000 });
    const first = call('getUpdates', { timeout: 50 });
    await until(() => telegram.pending({ bot: bot.id }).polling);
    const second = call('getUpdates', { timeout: 50 });
    expect((await first).body).toMatchObject({ error_code: 409, description: expect.stringContaining('terminated by other getUpdates') });
    await until(() => telegram.pending({ bot: bot.id }).polling);
    await call('setWebhook', { url: 'http://127.0.0.1:1/' });
    expect((await second).body).toMatchObject({ error_code: 409, description: 'Conflict: terminated by setWebhook request' });
    expect((await call('getUpdates')).body).toMatchObject({ error_code: 409, description: expect.stringContaining('webhook is active') });
    expect(await call('setWebhook', { url: 'http://127.0.0.1:1/' })).toMatchObject({ status: 429, retryAfter: '1' });
    clock.advance(1000);
    await call('deleteWebhook');
    expect((await call('getUpdates')).status).toBe(200);
  });
});

describe('limits', () => {
  it('let a burst of 3 into a chat, then one a second, and refuse until the time is up', async () => {
    const { clock, anna, call } = await start();
    const send = () => call('sendMessage', { chat_id: anna.id, text: 'а' });
    for (const _ of [1, 2, 3]) expect((await send()).status).toBe(200);
    const refused = await send();
    expect(refused).toMatchObject({
      status: 429,
      retryAfter: '1',
      body: { description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } },
    });
    clock.advance(999);
    expect((await send()).status).toBe(429);
    clock.advance(1);
    expect((await send()).status).toBe(200);
  });

  it('let 20 a minute into a group', async () => {
    const { clock, telegram, bot, call } = await start();
    const { id } = telegram.addChat({ type: 'supergroup', title: 'Г', bots: [bot.id] });
    const statuses: number[] = [];
    for (let n = 0; n < 21; n++) {
      clock.advance(1000);
      statuses.push((await call('sendMessage', { chat_id: id, text: 'а' })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
    clock.advance(60_000);
    expect((await call('sendMessage', { chat_id: id, text: 'а' })).status).toBe(200);
  });

  it('let a bot send 30 in a second', async () => {
    const { telegram, bot, call } = await start();
    const statuses: number[] = [];
    for (let n = 0; n < 31; n++) {
      const user = telegram.addUser({ first_name: `${n}` });
      telegram.clientWrites({ bot: bot.id, user: user.id, text: '/start' });
      statuses.push((await call('sendMessage', { chat_id: user.id, text: 'а' })).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('refusals', () => {
  it.each<[string, string, object, string]>([
    ['an empty text', 'sendMessage', { text: ' ' }, 'message text is empty'],
    ['4097 letters', 'sendMessage', { text: 'я'.repeat(4097) }, 'message is too long'],
    ['a long caption', 'sendPhoto', { photo: 'https://x.test/a.jpg', caption: 'я'.repeat(1025) }, 'message caption is too long'],
    ['a large photo', 'sendPhoto', { photo: 'https://x.test/a.jpg?size=5242881' }, 'failed to get HTTP URL content'],
    ['a document that is no GIF, PDF or ZIP', 'sendDocument', { document: 'https://x.test/a.docx' }, 'wrong type of the web page content'],
    ["another bot's file", 'sendPhoto', { photo: 'AgACAgUnknown' }, 'wrong file identifier'],
    ['an album of one', 'sendMediaGroup', { media: [{ type: 'photo', media: 'https://x.test/a.jpg' }] }, '2-10 media'],
    ['an answer to nothing', 'sendMessage', { text: 'а', reply_parameters: { message_id: 999 } }, 'message to be replied not found'],
    ['a chat that does not exist', 'sendMessage', { text: 'а', chat_id: 5 }, 'chat not found'],
    ['business accounts', 'sendMessage', { text: 'а', business_connection_id: 'b' }, 'business connection not found'],
  ])('%s', async (_, method, params, description) => {
    const { telegram, anna, call } = await start();
    expect((await call(method, { chat_id: anna.id, ...params })).body).toMatchObject({
      error_code: 400,
      description: expect.stringContaining(description),
    });
    expect(telegram.sent()).toEqual([]);
  });

  it('of blocked, kicked and moved chats', async () => {
    const { telegram, bot, anna, call } = await start();
    telegram.clientBlocks({ bot: bot.id, user: anna.id });
    expect((await call('sendMessage', { chat_id: anna.id, text: 'а' })).body).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    const group = telegram.addChat({ type: 'group', title: 'Г', bots: [bot.id] });
    const moved = telegram.migratesGroup({ chat: group.id });
    expect((await call('sendMessage', { chat_id: group.id, text: 'а' })).body).toMatchObject({
      error_code: 400,
      parameters: { migrate_to_chat_id: moved.id },
    });
    telegram.kicksBot({ bot: bot.id, chat: moved.id });
    expect((await call('sendMessage', { chat_id: moved.id, text: 'а' })).body).toMatchObject({
      error_code: 403,
      description: expect.stringContaining('kicked'),
    });
  });
});

describe('what clients do', () => {
  it('comes as Telegram tells it', async () => {
    const { clock, telegram, bot, anna, call } = await start();
    const discussion = telegram.addChat({ type: 'supergroup', title: 'О', bots: [bot.id] });
    const channel = telegram.addChat({ type: 'channel', title: 'К', username: 'k', discussion: discussion.id });
    const copy = telegram.channelPosts({ channel: channel.id, text: 'Новое' });
    const comment = telegram.clientComments({ bot: bot.id, user: anna.id, chat: discussion.id, post: copy.message_id, text: 'Почём?' });
    telegram.clientEdits({ bot: bot.id, chat: discussion.id, message: comment.message_id, text: 'Почём это?' });
    telegram.clientBlocks({ bot: bot.id, user: anna.id });
    telegram.clientUnblocks({ bot: bot.id, user: anna.id });
    const updates = (await call('getUpdates')).body.result as Record<string, unknown>[];
    expect(updates.slice(1)).toMatchObject([
      { message: { is_automatic_forward: true, sender_chat: { id: channel.id }, forward_origin: { type: 'channel', message_id: 1 } } },
      { message: { text: 'Почём?', message_thread_id: copy.message_id, reply_to_message: { is_automatic_forward: true } } },
      { edited_message: { text: 'Почём это?', message_id: comment.message_id, edit_date: expect.any(Number) } },
      { my_chat_member: { old_chat_member: { status: 'member' }, new_chat_member: { status: 'kicked' } } },
      { my_chat_member: { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } } },
    ]);
    telegram.clientWritesAlbum({ bot: bot.id, user: anna.id, count: 3, caption: 'Комната', gapMs: 100 });
    expect(telegram.pending({ bot: bot.id }).updates).toBe(7);
    clock.advance(200);
    const album = ((await call('getUpdates')).body.result as { message: Record<string, unknown> }[])
      .slice(-3)
      .map(({ message }) => message['media_group_id']);
    expect(new Set(album).size).toBe(1);
    expect(telegram.pending({ bot: bot.id }).updates).toBe(9);
  });
});

describe('faults', () => {
  it('lose the answer after or before the message was stored', async () => {
    const { telegram, anna, call } = await start();
    const send = (text: string) => call('sendMessage', { chat_id: anna.id, text });
    telegram.plansFault({ fault: { kind: 'reset', stored: true } });
    await expect(send('1')).rejects.toThrow();
    telegram.plansFault({ fault: { kind: 'reset', stored: false } });
    await expect(send('2')).rejects.toThrow();
    telegram.plansFault({ fault: { kind: 'bad-gateway', stored: true }, method: 'sendMessage' });
    await expect(send('3')).rejects.toThrow(/not valid JSON/);
    telegram.plansFault({ fault: { kind: 'too-many-requests', seconds: 7 } });
    expect(await send('4')).toMatchObject({ status: 429, retryAfter: '7' });
    expect((await send('5')).status).toBe(200);
    expect(telegram.sent().map(({ text }) => text)).toEqual(['1', '3', '5']);
  });

  it('answer late', async () => {
    const { clock, telegram, anna, call } = await start();
    telegram.plansFault({ fault: { kind: 'slow' } });
    const sending = call('sendMessage', { chat_id: anna.id, text: '1' });
    await until(() => clock.waiting === 1);
    expect(telegram.sent()).toHaveLength(1);
    clock.advance(30_000);
    expect((await sending).status).toBe(200);
  });

  it('come at random by a seed that replays them', async () => {
    const play = async () => {
      const { clock, anna, call } = await start({ random: { seed: 7, rate: 0.5 } });
      const outcomes: string[] = [];
      for (let n = 0; n < 12; n++) {
        let isDone = false;
        const sending = call('sendMessage', { chat_id: anna.id, text: `${n}` })
          .then(
            ({ status }) => `${status}`,
            () => 'lost',
          )
          .finally(() => (isDone = true));
        await until(() => isDone || clock.waiting > 0);
        clock.advance(30_000);
        outcomes.push(await sending);
      }
      return outcomes;
    };
    const first = await play();
    expect(new Set(first)).toEqual(new Set(['200', 'lost']));
    expect(await play()).toEqual(first);
  });
});

describe('as a process', () => {
  it('is told what clients do by HTTP, and has its ledger on the disk before it answers', async () => {
    const ledger = join(mkdtempSync(join(tmpdir(), 'telegram-')), 'sent.jsonl');
    const child = spawn(process.execPath, [join(import.meta.dirname, 'cli.mjs'), '--ledger', ledger], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    closers.push(async () => {
      if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { baseUrl } = JSON.parse(line) as { baseUrl: string };
    const control = async (name: string, argument: object) =>
      (await fetch(`${baseUrl}/simulator/${name}`, { method: 'POST', body: JSON.stringify(argument) })).json() as Promise<
        Record<string, never>
      >;
    const bot = await control('addBot', { username: 'mebel_bot' });
    const anna = await control('addUser', { first_name: 'Анна' });
    await control('clientWrites', { bot: bot['id'], user: anna['id'], text: '/start' });
    await callAs(baseUrl, bot['token'] ?? '', 'sendMessage', { chat_id: anna['id'], text: 'Здравствуйте' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(
      readFileSync(ledger, 'utf8')
        .trim()
        .split('\n')
        .map((text) => JSON.parse(text)),
    ).toMatchObject([{ method: 'sendMessage', text: 'Здравствуйте' }]);
  });
});
