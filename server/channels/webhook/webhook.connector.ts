import { z } from 'zod';
import { type ConnectedChannel, defineConnector, type HookRequest, UnreadableBody, type Verdict } from '../channel-connector.js';
import { hasSignature, parseSecrets, toleranceSeconds } from './signature.js';
import { isId } from './webhook.envelope.js';
import { parseWebhook, readEnvelope } from './webhook.parse.js';
import { sendWebhook } from './webhook.send.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const longestBody = 256 * 1024;

const settings = z.strictObject({
  secret: z
    .string()
    .trim()
    .refine(
      (text) => parseSecrets(text) !== null,
      'Нужен whsec_ и 24–64 байта в base64; несколько разделяются пробелом / whsec_ and 24 to 64 bytes in base64 are needed; several are separated by a space',
    )
    .meta({
      label: { ru: 'Секрет', en: 'Secret' },
      help: {
        ru: 'Вида whsec_…, от 24 до 64 байт. Им подписаны запросы в обе стороны. На время смены впишите два через пробел: новый и старый.',
        en: 'Like whsec_…, 24 to 64 bytes. It signs requests both ways. While you change it, give two separated by a space: the new one and the old one.',
      },
      placeholder: { ru: 'whsec_…', en: 'whsec_…' },
      secret: true,
    }),
  deliverUrl: z
    .string()
    .trim()
    .max(2_000)
    .refine(
      (text) => text === '' || isHttpAddress(text),
      'Нужен адрес http(s) без имени и пароля / An http(s) address without a user name and password is needed',
    )
    .optional()
    .meta({
      label: { ru: 'Адрес для ответов', en: 'Address for replies' },
      help: {
        ru: 'Сюда отправляются ответы. Без адреса канал только принимает сообщения.',
        en: 'Replies are sent here. Without an address the channel only takes messages in.',
      },
      placeholder: { ru: 'https://example.ru/razvilka', en: 'https://example.com/razvilka' },
    }),
});

type Settings = z.output<typeof settings>;

/** Any system that signs by Standard Webhooks: it posts envelopes to the hook and takes `message.send` at its own address. */
export const webhook = defineConnector({
  kind: 'webhook',
  title: { ru: 'Свой канал (webhook)', en: 'Your own channel (webhook)' },
  description: {
    ru: 'Принимает сообщения любой системы подписанными запросами и отправляет ей ответы так же.',
    en: 'Takes messages of any system as signed requests and sends it replies the same way.',
  },
  icon: 'webhook',
  settings,
  identityScope: 'channel',
  // A receiver may refuse bodies over 20 kB; that many Cyrillic letters are 20 kB.
  maxTextLength: 10_000,
  dedupesSends: true,
  retrySchedule: [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour],
  limits: () => [{ key: 'endpoint', everyMs: 20, burst: 50 }],
  verify,
  parse: parseWebhook,
  send: sendWebhook,
});

function verify(request: HookRequest, channel: ConnectedChannel<Settings>): Verdict {
  if (request.body.length > longestBody) return { refuse: 413, title: `The body is over ${longestBody} bytes` };
  const secrets = parseSecrets(channel.settings.secret ?? '');
  if (!secrets) return { refuse: 503, title: 'The channel has no secret to check the signature with' };
  const webhookId = signedId(request, secrets);
  if (webhookId === null) return { refuse: 401, title: 'The request is not signed, badly signed or too old' };
  try {
    const read = readEnvelope(request.body);
    if ('problems' in read) return { refuse: 422, title: 'The body is not an envelope that is known here', errors: read.problems };
    const { envelope } = read;
    // A sender may wrap one message in two requests; its id is what makes it one.
    const key = envelope.type === 'message.received' ? envelope.data.message.id : webhookId;
    return { store: true, dedupeKey: `${envelope.type}:${key}` };
  } catch (error) {
    if (error instanceof UnreadableBody) return { refuse: 400, title: error.message };
    throw error;
  }
}

/** The `webhook-id` of a request that is signed with one of the secrets and fresh, else null. */
function signedId(request: HookRequest, secrets: Buffer[]): string | null {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = request.headers;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string') return null;
  // A dot in the id would let the same signature stand for another split of id, time and body.
  if (!isId(id) || id.includes('.') || !/^\d{1,11}$/.test(timestamp)) return null;
  if (Math.abs(request.receivedAt / 1000 - Number(timestamp)) > toleranceSeconds) return null;
  // As written, not as a number: leading zeros are signed too.
  return hasSignature(signature, secrets, { id, timestamp }, request.body) ? id : null;
}

function isHttpAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
