import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { ConnectedChannel, OutgoingMessage } from '../../../server/channels/channel-connector.js';
import { ConnectorError } from '../../../server/channels/connector-error.js';
import { webhook } from '../../../server/channels/webhook/webhook.connector.js';
import { OutgoingCalls } from '../../../server/http/outgoing-calls.js';
import { type AnswerMode, ForeignSystem } from './foreign-system.js';

const [secret, newSecret, wrongSecret] = ['a', 'b', 'c'].map((letter) => `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`) as [
  string,
  string,
  string,
];
let system: ForeignSystem;
let calls: OutgoingCalls;
let deliverUrl: string;

beforeEach(async () => {
  system = new ForeignSystem([secret]);
  calls = new OutgoingCalls({ allowPrivateNetwork: true });
  deliverUrl = await system.start();
});
afterEach(async () => {
  await system.stop();
  await calls.close();
});

describe('a reply', () => {
  test('arrives signed, with the id that the receiver gives it', async () => {
    const reply = message({
      text: '350 рублей 🚚',
      replyTo: 'ext-204',
      attachments: [{ type: 'image', url: 'https://files.example.test/a.jpg' }],
    });
    expect(await send(reply)).toEqual({ externalId: `ext-of-${reply.id}` });
    expect(system.arrivals[0]).toMatchObject({
      id: reply.id,
      envelope: {
        type: 'message.send',
        data: {
          channel: 'channel-1',
          message: {
            id: reply.id,
            conversationId: 'thread-9',
            kind: 'text',
            text: '350 рублей 🚚',
            replyTo: 'ext-204',
            attachments: [{ kind: 'image', url: 'https://files.example.test/a.jpg' }],
          },
          recipient: { id: 'ext-user-9' },
        },
      },
    });
    expect(system.arrivals[0]).not.toHaveProperty('refused');
  });

  test('keeps its bytes over attempts, with the time at which it was made', async () => {
    const made = Date.parse('2026-10-12T09:32:00.123Z');
    const reply = message({ id: uuid({ msecs: made }) });
    system.answerNext({ status: 500 }, { status: 500 });
    for (const attempt of [1, 2, 3]) await send({ ...reply, attempt }).catch(() => undefined);
    expect(system.arrivals.map(({ envelope }) => envelope.timestamp)).toEqual(Array.from({ length: 3 }, () => '2026-10-12T09:32:00.123Z'));
    expect(system.unfaithfulRetries()).toEqual([]);
    expect([...system.taken.keys()]).toEqual([reply.id]);
  });

  test.each([
    ['new and old', () => `${newSecret} ${secret}`, true],
    ['old and new', () => `${secret} ${newSecret}`, true],
    ['another', () => wrongSecret, false],
  ])('signed with %s secret', async (_, secrets, isTaken) => {
    const outcome = await send(message(), { secret: secrets() }).then(
      () => true,
      () => false,
    );
    expect([outcome, system.taken.size === 1]).toEqual([isTaken, isTaken]);
  });
});

describe('an answer', () => {
  test.each<[AnswerMode, object]>([
    [{ status: 204 }, {}],
    [{ status: 202, body: '{"externalId":204}' }, { externalId: '204' }],
    [{ status: 200, body: '<html>' }, {}],
    [{ status: 200, body: '{"externalId":{"a":1}}' }, {}],
    [{ status: 200, body: JSON.stringify({ externalId: 'x'.repeat(201) }) }, {}],
  ])('%j is a success', async (mode, result) => {
    system.answerNext(mode);
    expect(await send(message())).toEqual(result);
  });

  test.each<[AnswerMode, ConnectorError['kind'], number?]>([
    [{ status: 301, location: 'http://127.0.0.1:1/' }, 'unreachable'],
    [{ status: 400 }, 'unreachable'],
    [{ status: 401 }, 'unreachable'],
    [{ status: 408 }, 'unreachable'],
    [{ status: 410 }, 'misconfigured'],
    [{ status: 429, retryAfter: '7' }, 'throttled', 7_000],
    [{ status: 503, retryAfter: '120' }, 'throttled', 120_000],
    [{ status: 503, retryAfter: '999999999' }, 'throttled', 86_400_000],
    [{ status: 429, retryAfter: 'soon' }, 'unreachable'],
    [{ status: 429 }, 'unreachable'],
    [{ status: 500 }, 'unreachable'],
    [{ status: 502 }, 'unreachable'],
    [{ status: 503 }, 'unreachable'],
    [{ status: 504 }, 'unreachable'],
    ['reset-after', 'unknown'],
    ['reset-before', 'unknown'],
    ['huge', 'unknown'],
  ])('%j', async (mode, kind, ...[waitMs]) => {
    system.answerNext(mode);
    const failure = await failureOf(send(message()));
    expect([failure.kind, failure.more.waitMs]).toEqual([kind, waitMs]);
    expect(failure.message).not.toContain(secret);
  });

  test('that asks to wait until a date', async () => {
    system.answerNext(
      { status: 429, retryAfter: new Date(Date.now() + 90_000).toUTCString() },
      { status: 503, retryAfter: 'Mon, 12 Oct 2020 09:00:00 GMT' },
    );
    const later = await failureOf(send(message()));
    expect(later.kind).toBe('throttled');
    expect(later.more.waitMs).toBeGreaterThan(80_000);
    expect(later.more.waitMs).toBeLessThanOrEqual(90_000);
    expect((await failureOf(send(message()))).more.waitMs).toBe(0);
  });

  test.each(['hang', 'drip'] as const)('that never ends (%s) is an unknown outcome', async (mode) => {
    system.answerNext(mode);
    const hasty = { request: (call: Parameters<OutgoingCalls['request']>[0]) => calls.request({ ...call, timeoutMs: 300 }) };
    expect((await failureOf(webhook.send(message(), channel(), hasty))).kind).toBe('unknown');
    expect(system.taken.size).toBe(1);
  });
});

test('a channel without an address says so', async () => {
  const failure = await failureOf(send(message(), { secret, deliverUrl: '' }));
  expect([failure.kind, failure.message]).toEqual(['misconfigured', expect.stringContaining('deliverUrl')]);
});

test('a system that is down is unreachable', async () => {
  await system.stop();
  expect((await failureOf(send(message()))).kind).toBe('unreachable');
});

test('an address in a private network is called only where the installation allows it', async () => {
  const strict = new OutgoingCalls({ allowPrivateNetwork: false });
  const failure = await failureOf(webhook.send(message(), channel({ deliverUrl: deliverUrl.replace('http:', 'https:') }), strict));
  expect([failure.kind, system.arrivals.length]).toEqual(['misconfigured', 0]);
  await strict.close();
});

test('the system itself refuses a changed byte and an old timestamp', async () => {
  const body = '{"type":"message.send"}';
  const post = (headers: Record<string, string>, text: string) => fetch(deliverUrl, { method: 'POST', headers, body: text });
  await send(message());
  const [good] = system.arrivals;
  const headers = { 'webhook-id': good?.id ?? '', 'webhook-timestamp': good?.timestamp ?? '', 'webhook-signature': good?.signature ?? '' };
  expect((await post(headers, good?.body ?? '')).status).toBe(200);
  expect((await post(headers, body)).status).toBe(401);
  expect((await post({ ...headers, 'webhook-timestamp': String(Number(good?.timestamp) - 301) }, good?.body ?? '')).status).toBe(401);
});

function channel(
  settings: Partial<{ secret: string; deliverUrl: string }> = {},
): ConnectedChannel<{ secret: string; deliverUrl?: string }> {
  return { id: 'channel-1', name: 'CRM', account: null, surface: 'direct', settings: { secret, deliverUrl, ...settings }, hookUrl: '' };
}

function send(reply: OutgoingMessage, settings?: Parameters<typeof channel>[0]): Promise<{ externalId?: string }> {
  return webhook.send(reply, channel(settings), calls);
}

function message(more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { id: uuid(), threadKey: 'thread-9', chat: {}, recipient: 'ext-user-9', text: 'Да', attachments: [], attempt: 1, ...more };
}

async function failureOf(call: Promise<unknown>): Promise<ConnectorError> {
  const failure = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure instanceof ConnectorError) return failure;
  throw new Error(`expected a ConnectorError, got ${String(failure)}`);
}
