import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { UnreadableBody } from '../channel-connector.js';
import { makeVisitorToken, readVisitorToken } from './visitor-token.js';
import { writeVisitorMessage } from './webchat.body.js';
import { webchat } from './webchat.connector.js';
import { webchatSettings } from './webchat.settings.js';

const channel = {
  id: 'c1',
  name: 'Сайт',
  account: null,
  surface: 'direct' as const,
  settings: webchatSettings.parse({}),
  hookUrl: '/hooks/k',
};

test('a visitor’s message is read as it was written', () => {
  const message = {
    type: 'message',
    visitor: 'q7Zc2mXwS9uYbD1kE0aVhA',
    id: 'a1b2c3d4',
    text: 'Привет',
    at: '2026-10-12T09:30:00.000Z',
  } as const;
  expect(webchat.parse(writeVisitorMessage(message), channel).events).toEqual([
    {
      type: 'message-received',
      externalId: 'q7Zc2mXwS9uYbD1kE0aVhA:a1b2c3d4',
      at: '2026-10-12T09:30:00.000Z',
      threadKey: 'q7Zc2mXwS9uYbD1kE0aVhA',
      chat: { type: 'private', id: 'q7Zc2mXwS9uYbD1kE0aVhA' },
      sender: { externalId: 'q7Zc2mXwS9uYbD1kE0aVhA' },
      kind: 'text',
      text: 'Привет',
      attachments: [],
    },
  ]);
});

test('the name given goes to the sender', () => {
  const body = readFileSync(join(import.meta.dirname, 'fixtures/message-with-name.json'));
  expect(webchat.parse(body, channel).events).toMatchObject([{ sender: { name: 'Марк' }, text: 'Это Марк\nиз офиса 12' }]);
});

test('anything else is unreadable', () => {
  for (const body of ['', '[]', '{"type":"message"}']) expect(() => webchat.parse(Buffer.from(body), channel)).toThrow(UnreadableBody);
});

describe('a visitor’s token', () => {
  const key = randomBytes(32);
  const token = makeVisitorToken(key, 'channel-1');

  test('names the visitor again', () => {
    const visitor = readVisitorToken(token, key, 'channel-1');
    expect(visitor).toMatch(/^[\w-]{22}$/);
    expect(makeVisitorToken(key, 'channel-1')).not.toBe(token);
  });

  test.each([
    ['another channel', token, key, 'channel-2'],
    ['another server', token, randomBytes(32), 'channel-1'],
    ['another visitor', `${'A'.repeat(22)}${token.slice(22)}`, key, 'channel-1'],
    ['no signature', token.slice(0, 22), key, 'channel-1'],
    ['a cut signature', token.slice(0, -1), key, 'channel-1'],
    ['nothing', '', key, 'channel-1'],
  ])('is nothing to %s', (_, text, otherKey, channelId) => expect(readVisitorToken(text, otherKey, channelId)).toBeNull());
});

test.each([
  'https://example.ru;sandbox',
  'https://example.ru/',
  'example.ru',
  '*',
  'https://*.example.ru',
  "'self'",
  'https://a b',
  'javascript://x',
])('the settings refuse the site %j', (origin) =>
  expect(webchatSettings.safeParse({ allowedOrigins: [origin] }).error?.issues[0]?.path).toEqual(['allowedOrigins', 0]),
);
