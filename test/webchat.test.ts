import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { AccountScope } from '../server/db/account-scope.js';
import { Changes } from '../server/live/changes.js';
import { startApp, type TestApp } from './support/app.js';

interface Item {
  id: string;
  clientId?: string;
  from: string;
  text: string;
  deleted?: boolean;
}

let app: TestApp;
let accountId: string;
beforeAll(async () => {
  app = await startApp({ listen: true });
  accountId = await app.newAccount();
});
afterAll(() => app.close());

describe('the page', () => {
  test('opens with its own policy and shows what the admin wrote as text', async () => {
    const { key } = await newChat({ title: '<script>alert(1)</script>', allowedOrigins: ['https://shop.example.test'] });
    const page = await app.request('GET', `/chat/${key}`);
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'self' https://shop.example.test;");
    expect(page.headers['x-frame-options']).toBeUndefined();
    expect(page.text).toContain('&#60;script&#62;alert(1)');
    expect(page.text).not.toContain('<script>alert');
    expect(page.text).not.toMatch(/\{\{|style=/);
  });

  test('lets any site frame it while none is named', async () => {
    const { key } = await newChat();
    expect((await app.request('GET', `/chat/${key}`)).headers['content-security-policy']).toContain('frame-ancestors *;');
  });

  test('finds every file that it names', async () => {
    const { key } = await newChat();
    const { text } = await app.request('GET', `/chat/${key}`);
    const named = [...text.matchAll(/(?:src|href)="([^":]+)"/g)].map(([, path]) => `/chat/${path}`);
    const script = await app.request('GET', `/chat/${key}/chat.js`);
    const imported = [...script.text.matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => `/chat/${key}/${name}`);
    expect([named.length, imported.length]).toEqual([2, 3]);
    for (const path of [...named, ...imported]) {
      const file = await app.request('GET', path);
      expect([path, file.status, file.headers['cache-control']]).toEqual([path, 200, 'public, max-age=300']);
      const again = await app.request('GET', path, undefined, { 'if-none-match': String(file.headers.etag) });
      expect(again.status).toBe(304);
    }
  });

  test('gives other sites a script with its look', async () => {
    const { key } = await newChat({ title: "О'Кей", color: '#ffee00', position: 'left' });
    const script = await app.request('GET', `/chat/${key}/widget.js`);
    expect(script.headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(script.text).toContain(`const config = {"title":"О'Кей","color":"#ffee00","position":"left","ink":"#000000"};`);
  });

  test.each(['/chat/KEY/index.html', '/chat/KEY/none.js', '/chat/KEY/..%2fwebchat.connector.ts', '/chat/KEY/constructor', '/chat/unknown', '/chat/unknown/chat.js'])(
    '404 for %s',
    async (path) => {
      const { key } = await newChat();
      expect((await app.request('GET', path.replace('KEY', key))).status).toBe(404);
    },
  ); // oxfmt-ignore

  test('404 for a channel that is off or of another kind', async () => {
    const off = await newChat({}, { active: false });
    const other = await newChat({ secret: 'x' }, { kind: 'webhook' });
    for (const { key } of [off, other]) {
      expect((await app.request('GET', `/chat/${key}`)).status).toBe(404);
      expect((await app.request('POST', `/chat/${key}/api/visitor`)).status).toBe(404);
    }
  });
});

describe('a visitor', () => {
  test('writes, is stored once whatever he repeats, and reads his talk back', async () => {
    const visitor = await newVisitor();
    const first = await visitor.write('Привет', 'client-id-1');
    expect([first.status, first.body.duplicate]).toEqual([202, false]);
    const again = await visitor.write('Привет', 'client-id-1');
    expect([again.status, again.body]).toEqual([200, { accepted: true, id: first.body.id, duplicate: true }]);
    expect((await visitor.write('Другое', 'client-id-1')).status).toBe(409);

    const stream = visitor.listen();
    const [seen] = await stream.next(1);
    expect(seen).toMatchObject({ clientId: 'client-id-1', from: 'visitor', text: 'Привет' });
    expect(await visitor.read()).toMatchObject([{ id: seen?.id, text: 'Привет' }]);
    await stream.close();
  });

  test('hears a reply, its change and its removal at once', async () => {
    const visitor = await newVisitor();
    await visitor.write('Есть кто?', 'client-id-2');
    const stream = visitor.listen();
    const [question] = await stream.next(1);
    const reply = await replyTo(question?.id ?? '', 'Да, <b>слушаю</b>');
    expect((await stream.next(2))[1]).toMatchObject({ id: reply, from: 'company', text: 'Да, <b>слушаю</b>' });
    await change(reply, `text = 'Да', edited_at = now()`);
    expect((await stream.next(3))[2]).toMatchObject({ id: reply, text: 'Да', edited: true });
    await change(reply, `deleted_at = now()`);
    expect((await stream.next(4))[3]).toMatchObject({ id: reply, text: '', deleted: true });
    await stream.close();
  });

  test('hears nothing of anybody else’s', async () => {
    const chat = await newChat();
    const [mine, other] = [await newVisitor(chat), await newVisitor(chat)];
    await other.write('Чужое', 'client-id-3');
    const theirs = other.listen();
    await theirs.next(1);
    const stream = mine.listen();
    await mine.write('Моё', 'client-id-4');
    expect(await stream.next(1)).toMatchObject([{ text: 'Моё' }]);
    expect(await mine.read()).toHaveLength(1);
    await Promise.all([stream.close(), theirs.close()]);
  });

  test('goes on after the last message that he has', async () => {
    const visitor = await newVisitor();
    await visitor.write('Раз', 'client-id-5');
    const stream = visitor.listen();
    const [first] = await stream.next(1);
    await stream.close();
    const later = uuid({ msecs: Date.now() + 60_000 });
    expect(await visitor.read(first?.id)).toHaveLength(1);
    expect(await visitor.read(later)).toHaveLength(0);
    expect((await visitor.request('GET', 'messages?after=x')).status).toBe(422);
  });

  test.each([undefined, 'Bearer x', 'Bearer ', 'Basic eDp5', `Bearer ${'A'.repeat(22)}.${'A'.repeat(43)}`])('401 with the proof %s', async (authorization) => {
    const { key } = await newChat();
    const headers: Record<string, string> = authorization ? { authorization } : {};
    for (const [method, path, body] of [['GET', 'messages'], ['GET', 'stream'], ['POST', 'messages', { text: 'а', clientId: 'client-id-6' }]] as const) {
      expect((await app.request(method, `/chat/${key}/api/${path}`, body, headers)).status).toBe(401);
    }
  }); // oxfmt-ignore

  test('is nobody on another chat', async () => {
    const visitor = await newVisitor();
    const other = await newChat();
    const answer = await app.request('GET', `/chat/${other.key}/api/messages`, undefined, { authorization: `Bearer ${visitor.token}` });
    expect(answer.status).toBe(401);
  });

  test.each<[string, object]>([
    ['no text', { clientId: 'client-id-7' }],
    ['an empty text', { text: ' \n', clientId: 'client-id-7' }],
    ['a text over 4,096', { text: 'я'.repeat(4_097), clientId: 'client-id-7' }],
    ['no clientId', { text: 'а' }],
    ['a clientId that is a path', { text: 'а', clientId: '../../etc' }],
    ['another field', { text: 'а', clientId: 'client-id-7', visitor: 'me' }],
  ])('422 for %s', async (_, body) => {
    const visitor = await newVisitor();
    const answer = await visitor.request('POST', 'messages', body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ path: expect.any(String) }] });
  });

  test('429 with the time to wait after ten at once, and only for himself', async () => {
    const chat = await newChat();
    const [hasty, calm] = [await newVisitor(chat), await newVisitor(chat)];
    const answers = [];
    for (let n = 0; n < 11; n++) answers.push(await hasty.write(`№ ${n}`, `client-id-8-${n}`));
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 202), 429]);
    expect(Number(answers[10]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await calm.write('а', 'client-id-9')).status).toBe(202);
  });
});

test('nothing comes in by the hook of a web chat', async () => {
  const { key } = await newChat();
  expect((await app.request('POST', `/hooks/${key}`, { type: 'message' })).status).toBe(404);
});

async function newChat(settings: object = {}, { kind = 'webchat', active = true } = {}): Promise<{ key: string }> {
  const [id, key] = [randomUUID(), randomUUID().replaceAll('-', '')];
  await app.database.query(
    `INSERT INTO channels (id, account_id, kind, name, active, hook_key, settings) VALUES ($1, $2, $3, $5, $4, $5, $6)`,
    [id, accountId, kind, active, key, settings],
  );
  return { key };
}

async function newVisitor(chat?: { key: string }) {
  const { key } = chat ?? (await newChat());
  const { body, status } = await app.request<{ token: string }>('POST', `/chat/${key}/api/visitor`);
  expect(status).toBe(201);
  const headers = { authorization: `Bearer ${body.token}` };
  const request = <Body = Record<string, unknown>>(method: string, path: string, sent?: unknown) =>
    app.request<Body>(method, `/chat/${key}/api/${path}`, sent, headers);
  return {
    token: body.token,
    request,
    write: (text: string, clientId: string) => request('POST', 'messages', { text, clientId }),
    read: async (after?: string) => (await request<{ items: Item[] }>('GET', `messages${after ? `?after=${after}` : ''}`)).body.items,
    listen: () => openStream(`${app.url}/chat/${key}/api/stream`, headers),
  };
}

/** Reads server-sent events; `next(n)` resolves when n have come since the stream opened. */
function openStream(
  url: string,
  headers: Record<string, string>,
): { next(count: number): Promise<(Item | undefined)[]>; close(): Promise<void> } {
  const stop = new AbortController();
  const items: Item[] = [];
  let told = (): void => undefined;
  const read = async (): Promise<void> => {
    const response = await fetch(url, { headers, signal: stop.signal });
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const events = (text + chunk).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data) items.push(JSON.parse(data) as Item);
      }
      told();
    }
  };
  const ended = read().catch(() => undefined);
  return {
    next: async (count) => {
      while (items.length < count) await new Promise<void>((done) => (told = done));
      return items;
    },
    close: async () => {
      stop.abort();
      await ended;
    },
  };
}

/** As the rules or a person would answer: a row, and the news of it with the commit. */
async function replyTo(messageId: string, text: string): Promise<string> {
  const id = uuid();
  await app.app.get(AccountScope).run(accountId, async (db) => {
    const [row]: { conversation_id: string }[] = await db.query(
      `INSERT INTO messages (id, account_id, channel_id, conversation_id, contact_id, direction, origin, text, at)
       SELECT $2, account_id, channel_id, conversation_id, contact_id, 'out', 'rules', $3, now() FROM messages WHERE id = $1 RETURNING conversation_id`,
      [messageId, id, text],
    );
    await app.app.get(Changes).publish(db, accountId, { kind: 'message', ...(row && { conversationId: row.conversation_id }) });
  });
  return id;
}

async function change(id: string, what: string): Promise<void> {
  await app.app.get(AccountScope).run(accountId, async (db) => {
    const [row]: { conversation_id: string }[] = await db.query(`SELECT conversation_id FROM messages WHERE id = $1`, [id]);
    await db.query(`UPDATE messages SET ${what} WHERE id = $1`, [id]);
    await app.app.get(Changes).publish(db, accountId, { kind: 'message', id, ...(row && { conversationId: row.conversation_id }) });
  });
}
