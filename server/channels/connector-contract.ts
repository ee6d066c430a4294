import assert from 'node:assert/strict';
import { z } from 'zod';
import { messageKinds } from '../../rules/index.js';
import { type ChannelConnector, type ConnectedChannel, type HookRequest, UnreadableBody } from './channel-connector.js';
import { forgeries } from './forgeries.js';
import { mutate } from './mutate-body.js';

/** What the contract must know of one connector: `server/channels/<kind>/<kind>.sample.ts` exports it as `sample`. */
export interface ConnectorSample {
  /** A complete channel's settings, as an admin gives them. */
  settings: Record<string, unknown>;
  /** Settings of the same kind of channel that belongs to somebody else. */
  otherSettings: Record<string, unknown>;
  /**
   * The headers with which the platform proves a body to be its own, and the name of the one that is the proof; null for a channel whose hook takes
   * nothing from anybody.
   */
  prove: ((body: Buffer, channel: ConnectedChannel, at: number) => { headers: Record<string, string>; proof: string }) | null;
}

export interface ContractCase {
  name: string;
  /** Throws an AssertionError when the connector breaks the contract. */
  run: () => void;
}

const mutations = 300;
const now = Date.parse('2026-10-12T09:30:05.000Z');

/** The cases that every connector must pass, run over its fixtures (recorded bodies by name). */
export function contractOf(connector: ChannelConnector, sample: ConnectorSample, fixtures: Map<string, Buffer>): ContractCase[] {
  const channel = channelOf(connector, sample.settings, '01928b2a-0000-7000-8000-000000000001');
  return [
    ...definitionCases(connector, channel),
    ...[...fixtures].map(([name, body]) => ({ name: `reads ${name}`, run: () => checkParse(connector, channel, body) })),
    ...proofCases(connector, channel, sample, [...fixtures.values()]),
    { name: `survives ${mutations} mutated bodies`, run: () => checkMutations(connector, channel, sample, [...fixtures.values()]) },
  ];
}

function channelOf(connector: ChannelConnector, settings: Record<string, unknown>, id: string): ConnectedChannel {
  const parsed = connector.settings.parse(settings) as Record<string, unknown>;
  return { id, name: 'Канал', account: null, surface: 'direct', settings: parsed, hookUrl: `https://example.test/hooks/${id}` };
}

function definitionCases(connector: ChannelConnector, channel: ConnectedChannel): ContractCase[] {
  const message = {
    id: '01928b2a-7c00-7abc-8def-0123456789ab',
    threadKey: '1',
    chat: {},
    recipient: '1',
    text: 'да',
    attachments: [],
    attempt: 1,
  };
  return [
    {
      name: 'speaks both languages',
      run: () => {
        for (const text of [connector.title, connector.description]) assert.ok(text.ru.length > 2 && text.en.length > 2);
      },
    },
    { name: 'labels every setting in both languages and marks the secrets', run: () => checkSettings(connector) },
    {
      name: 'keeps limits that let messages through',
      run: () => {
        assert.ok(Number.isInteger(connector.maxTextLength) && connector.maxTextLength > 0);
        for (const { key, everyMs, burst } of connector.limits(channel, message)) assert.ok(key !== '' && everyMs > 0 && burst >= 1);
        for (const wait of connector.retrySchedule ?? []) assert.ok(wait > 0);
      },
    },
  ];
}

const secretName = /secret|token|password|key$/i;

function checkSettings(connector: ChannelConnector): void {
  const { properties = {} } = z.toJSONSchema(connector.settings, { io: 'input', unrepresentable: 'any' });
  assert.ok(Object.keys(properties).length > 0, 'the connect form is empty');
  for (const [name, property] of Object.entries(properties)) {
    assert.ok(typeof property === 'object');
    const { label, help, placeholder, secret } = property as { label?: unknown; help?: unknown; placeholder?: unknown; secret?: unknown };
    assert.ok(isBilingual(label), `${name} has no label in both languages`);
    for (const text of [help, placeholder]) assert.ok(text === undefined || isBilingual(text), `${name}: a text in one language`);
    assert.ok(secret === true || !secretName.test(name), `${name} looks like a secret and is not marked as one`);
  }
}

function isBilingual(text: unknown): boolean {
  return typeof text === 'object' && text !== null && ['ru', 'en'].every((language) => typeof Reflect.get(text, language) === 'string');
}

/** Pure, the same each time, whatever the channel is called, and in our words. */
function checkParse(connector: ChannelConnector, channel: ConnectedChannel, body: Buffer): void {
  const before = Buffer.from(body);
  const first = connector.parse(body, channel);
  assert.ok(body.equals(before), 'parse changed the body');
  assert.deepEqual(
    connector.parse(body, { ...channel, name: 'Другое имя', hookUrl: '' }),
    first,
    'parse depends on more than the body and the settings',
  );
  assert.ok(first.events.length > 0 || first.ignored, 'nothing to do, and no reason');
  for (const event of first.events) checkEvent(event);
}

function checkEvent(event: ReturnType<ChannelConnector['parse']>['events'][number]): void {
  assert.match(event.at, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/, 'at is not RFC 3339 in UTC');
  const { sender, externalId, threadKey, messageId, from, to } = event as Record<string, unknown> & { sender?: { externalId: unknown } };
  for (const id of [externalId, threadKey, messageId, from, to, sender?.externalId]) {
    assert.ok(id === undefined || (typeof id === 'string' && id !== ''), 'an id is not text');
  }
  if (event.type === 'message-received') {
    assert.ok(messageKinds.includes(event.kind), `unknown kind ${event.kind}`);
    assert.equal(typeof event.text, 'string');
    for (const { url } of event.attachments) assert.ok(url === undefined || !/^(javascript|data|vbscript):/i.test(url), 'a link that runs');
  }
  // jsonb takes neither NUL nor half of a surrogate pair: such a row would fail for ever.
  assert.doesNotMatch(JSON.stringify(event), /\\u0000|\\ud[89a-f]/i, 'a text that PostgreSQL cannot keep');
}

function proofCases(connector: ChannelConnector, channel: ConnectedChannel, sample: ConnectorSample, bodies: Buffer[]): ContractCase[] {
  const [body = Buffer.alloc(0)] = bodies;
  const request = (headers: HookRequest['headers']): HookRequest => ({ method: 'POST', headers, body, receivedAt: now });
  const refusal = (headers: HookRequest['headers'], of = channel): number => {
    const verdict = connector.verify(request(headers), of);
    return 'refuse' in verdict ? verdict.refuse : 0;
  };
  const { prove } = sample;
  if (!prove) return [{ name: 'its hook takes nothing', run: () => assert.equal(refusal({}), 404) }];

  const { headers, proof } = prove(body, channel, now);
  const value = headers[proof] ?? '';
  const other = channelOf(connector, sample.otherSettings, '01928b2a-0000-7000-8000-000000000002');
  return [
    { name: 'stores what is proved', run: () => assert.equal(refusal(headers), 0) },
    {
      name: 'refuses everything while it has no secret',
      run: () => assert.ok([401, 503].includes(refusal(headers, { ...channel, settings: {} }))),
    },
    { name: 'refuses without any header', run: () => assert.equal(refusal({}), 401) },
    { name: 'refuses the proof of another channel', run: () => assert.equal(refusal(prove(body, other, now).headers), 401) },
    ...forgeries(value).map(([name, forged]) => ({
      name: `refuses a proof that is ${name}`,
      run: () => assert.equal(refusal({ ...headers, [proof]: forged }), 401),
    })),
  ];
}

/** Bad bodies are answered or quarantined: nothing but `UnreadableBody` leaves parse, nothing leaves verify, and what parse reads is storable. */
function checkMutations(connector: ChannelConnector, channel: ConnectedChannel, { prove }: ConnectorSample, bodies: Buffer[]): void {
  for (let round = 0; round < mutations; round++) {
    const body = mutate(bodies[round % bodies.length] ?? Buffer.alloc(0), round);
    try {
      if (prove) connector.verify({ method: 'POST', headers: prove(body, channel, now).headers, body, receivedAt: now }, channel);
      for (const event of connector.parse(body, channel).events) checkEvent(event);
    } catch (error) {
      if (!(error instanceof UnreadableBody)) throw new Error(`mutation ${round}: ${body.subarray(0, 500).toString()}`, { cause: error });
    }
  }
}
