import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ConnectedChannel, HookRequest, Verdict } from '../channel-connector.js';
import { parseSecrets, sign } from './signature.js';
import { webhook } from './webhook.connector.js';

const secret = 'whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=';
const now = Date.parse('2026-10-12T09:30:05.000Z');
const channel: ConnectedChannel<{ secret: string }> = {
  id: '01928b2a-0000-7000-8000-000000000001',
  name: 'Форма заказа',
  account: null,
  surface: 'direct',
  settings: { secret },
  hookUrl: '/hooks/k',
};

describe('parse', () => {
  const events = (name: string) => webhook.parse(fixture(name), channel);

  test('takes over every field of a message', () => {
    expect(events('received').events).toEqual([
      {
        type: 'message-received',
        externalId: 'ord-71',
        at: '2026-10-12T09:29:58.000Z',
        threadKey: 'thread-9',
        chat: { type: 'private', id: 'thread-9', name: 'Ирина' },
        sender: { externalId: 'buyer-5', name: 'Ирина', username: 'irina', phone: '79120001122' },
        kind: 'text',
        text: 'Есть ли доставка в Тверь? 🚚',
        attachments: [{ type: 'image', url: 'https://files.example.test/box.jpg', name: 'box.jpg', mime: 'image/jpeg', size: 48211 }],
      },
    ]);
  });

  test('keeps ids beyond 2^53 exact and makes the sender the conversation when none is named', () => {
    expect(events('received-smallest').events).toMatchObject([{ externalId: '9007199254740993', threadKey: '12', text: '', kind: 'text' }]);
  });

  test('tells comments apart', () => {
    expect(events('received-comment').events).toMatchObject([
      { chat: { type: 'comments', id: 'post-8/buyer-5' }, post: { id: 'post-8' }, replyTo: 'com-1', kind: 'comment' },
    ]);
  });

  test('reads the other types', () => {
    expect(events('edited').events).toEqual([
      { type: 'message-edited', externalId: 'ord-71', at: '2026-10-12T09:32:59.000Z', text: 'Есть ли доставка в Клин?' },
    ]);
    expect(events('deleted').events).toEqual([{ type: 'message-deleted', externalId: 'ord-71', at: '2026-10-12T09:34:00.000Z' }]);
    expect(events('status-failed').events).toEqual([
      {
        type: 'message-status',
        messageId: '01928b2a-7c00-7abc-8def-0123456789ab',
        externalId: 'ord-72',
        at: '2026-10-12T09:35:00.000Z',
        status: 'failed',
        detail: 'closed: the chat is closed',
      },
    ]);
    expect(events('call-missed').events).toMatchObject([
      { type: 'call-missed', externalId: 'call-4', threadKey: 'thread-9', sender: { externalId: 'buyer-5', phone: '89120001122' } },
    ]);
    expect(events('subscribed').events).toMatchObject([
      { type: 'contact-subscribed', externalId: 'subscription:buyer-6:2026-10-12T09:37:00.000Z', threadKey: 'buyer-6' },
    ]);
  });

  test('says why it ignores', () => {
    expect(events('contact-updated')).toEqual({ events: [], ignored: expect.stringContaining('contact.updated') });
    expect(events('status-foreign')).toEqual({ events: [], ignored: expect.stringContaining('messageId') });
  });

  test('makes texts storable', () => {
    const body = changed('received', (data) => Object.assign(data.message, { text: 'a\0b\ud83dc' }));
    expect(webhook.parse(body, channel).events).toMatchObject([{ text: 'ab\ufffdc' }]);
  });
});

describe('verify', () => {
  test('stores a signed envelope, keyed by the message’s own id', () => {
    expect(verdict(fixture('received'))).toEqual({ store: true, dedupeKey: 'message.received:ord-71' });
    expect(verdict(fixture('edited'))).toEqual({ store: true, dedupeKey: 'message.edited:req_1' });
  });

  test.each([
    ['300 s old', { 'webhook-timestamp': seconds(-300) }, 'store'],
    ['301 s old', { 'webhook-timestamp': seconds(-301) }, 401],
    ['300 s ahead', { 'webhook-timestamp': seconds(300) }, 'store'],
    ['301 s ahead', { 'webhook-timestamp': seconds(301) }, 401],
    ['with a time that is none', { 'webhook-timestamp': '1791797405.0' }, 401],
    ['with a dot in its id', { 'webhook-id': 'req.1' }, 401],
    ['with an empty id', { 'webhook-id': '' }, 401],
  ] as const)('a request %s', (_, stamp, outcome) => {
    const result = verdict(fixture('received'), stamp);
    expect('refuse' in result ? result.refuse : 'store').toBe(outcome);
  });

  test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('401 without %s', (header) => {
    const request = signed(fixture('received'));
    expect(webhook.verify({ ...request, headers: { ...request.headers, [header]: undefined } }, channel)).toMatchObject({ refuse: 401 });
  });

  test('401 comes before anything is said about the body', () => {
    const request = signed(Buffer.from('no json'));
    expect(webhook.verify({ ...request, headers: {} }, channel)).toMatchObject({ refuse: 401 });
  });

  test.each<[string, Buffer]>([
    ['text', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
    ['UTF-16', Buffer.from('{"type":1}', 'utf16le')],
    ['200,000 arrays within each other', Buffer.from('['.repeat(100_000) + ']'.repeat(100_000))],
  ])('400 for %s', (_, body) => expect(verdict(body)).toMatchObject({ refuse: 400 }));

  test('413 over 256 kB', () => {
    const body = (size: number) => Buffer.from(JSON.stringify({ type: 'contact.updated', timestamp: '2026-10-12T09:30:00Z' }).padEnd(size));
    expect(verdict(body(256 * 1024))).toMatchObject({ store: true });
    expect(verdict(body(256 * 1024 + 1))).toMatchObject({ refuse: 413 });
  });

  test.each<[string, (data: Data) => unknown]>([
    ['data.message.id', (data) => delete data.message.id],
    ['data.message.id', (data) => (data.message.id = '')],
    ['data.message.id', (data) => (data.message.id = 'a\0')],
    ['data.message.id', (data) => (data.message.id = 'x'.repeat(201))],
    ['data.message.id', (data) => (data.message.id = 1.5)],
    ['data.message.text', (data) => (data.message.text = 5)],
    ['data.message.kind', (data) => (data.message.kind = 'song')],
    ['data.message.sentAt', (data) => (data.message.sentAt = 'yesterday')],
    ['data.message.sentAt', (data) => (data.message.sentAt = '0000-01-01T00:00:00Z')],
    ['data.message.attachments.0.url', (data) => (data.message.attachments = [{ kind: 'image', url: 'javascript:alert(1)' }])],
    ['data.sender', (data) => delete data.sender],
    ['data.sender.id', (data) => (data.sender = {})],
  ])('422 names %s', (path, change) => {
    const result = verdict(changed('received', change));
    expect(result).toMatchObject({ refuse: 422, errors: [{ path, detail: expect.any(String) }] });
  });

  test.each([['message.renamed'], [undefined], [null], ['constructor']])('422 names an unknown type %s', (type) => {
    const body = Buffer.from(JSON.stringify({ type, timestamp: '2026-10-12T09:30:00Z', data: {} }));
    expect(verdict(body)).toMatchObject({ refuse: 422, errors: [{ path: 'type' }] });
  });

  test('503 when the channel has no secret', () => {
    expect(webhook.verify(signed(fixture('received')), { ...channel, settings: {} as never })).toMatchObject({ refuse: 503 });
  });
});

test('the settings refuse a short secret and an address that is not one', () => {
  const places = (settings: unknown) => webhook.settings.safeParse(settings).error?.issues.map((issue) => issue.path.join('.'));
  expect(places({ secret, deliverUrl: 'https://crm.example.test/in' })).toBeUndefined();
  expect(places({ secret: `${secret} ${secret}`, deliverUrl: '' })).toBeUndefined();
  expect(places({ secret: 'whsec_c2hvcnQ=', deliverUrl: 'ftp://x' })).toEqual(['secret', 'deliverUrl']);
  expect(places({ secret, deliverUrl: 'https://a:b@crm.example.test/' })).toEqual(['deliverUrl']);
});

test('every fixture is read by one of the tests above', () => {
  expect(readdirSync(join(import.meta.dirname, 'fixtures')).length).toBe(10);
});

interface Data {
  message: Record<string, unknown>;
  sender?: Record<string, unknown>;
}

function fixture(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, `fixtures/${name}.json`));
}

function changed(name: string, change: (data: Data) => unknown): Buffer {
  const envelope = JSON.parse(fixture(name).toString()) as { data: Data };
  change(envelope.data);
  return Buffer.from(JSON.stringify(envelope));
}

function verdict(body: Buffer, stamp?: Record<string, string>): Verdict {
  return webhook.verify(signed(body, stamp), channel);
}

function signed(body: Buffer, stamp: Record<string, string> = {}): HookRequest {
  const headers = { 'webhook-id': 'req_1', 'webhook-timestamp': seconds(0), ...stamp };
  const signature = sign(parseSecrets(secret) ?? [], { id: headers['webhook-id'], timestamp: headers['webhook-timestamp'] }, body);
  return { method: 'POST', headers: { ...headers, 'webhook-signature': signature }, body, receivedAt: now };
}

function seconds(fromNow: number): string {
  return String(now / 1000 + fromNow);
}
