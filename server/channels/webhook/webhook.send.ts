import type { ConnectedChannel, OutgoingCalls, OutgoingMessage } from '../channel-connector.js';
import { UnreadableBody } from '../channel-connector.js';
import { ConnectorError } from '../connector-error.js';
import { parseJson } from '../parse-json.js';
import { parseRetryAfter } from './retry-after.js';
import { parseSecrets, sign } from './signature.js';
import { isId } from './webhook.envelope.js';

interface Settings {
  secret: string;
  deliverUrl?: string | undefined;
}

/**
 * Posts `message.send` to the channel's deliverUrl and gives the receiver's id of the message, if its answer has one. Every attempt carries the same
 * bytes and `webhook-id` (our message's id) and a timestamp and signature of its own, so a receiver may take the id as the key against doubles.
 */
export async function sendWebhook(
  message: OutgoingMessage,
  channel: ConnectedChannel<Settings>,
  calls: OutgoingCalls,
): Promise<{ externalId?: string }> {
  const { deliverUrl, secret } = channel.settings;
  if (!deliverUrl)
    throw new ConnectorError(
      'misconfigured',
      'У канала нет адреса для ответов: заполните deliverUrl / The channel has no address for replies: fill in deliverUrl',
    );
  const secrets = parseSecrets(secret);
  if (!secrets)
    throw new ConnectorError(
      'misconfigured',
      'У канала нет секрета для подписи: заполните secret / The channel has no secret to sign with: fill in secret',
    );

  const body = Buffer.from(JSON.stringify(toEnvelope(message, channel.id)));
  const timestamp = Math.floor(Date.now() / 1000);
  const answer = await calls.request({
    method: 'POST',
    url: deliverUrl,
    headers: {
      'content-type': 'application/json',
      'webhook-id': message.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign(secrets, { id: message.id, timestamp }, body),
    },
    body,
  });
  return readAnswer(answer);
}

function toEnvelope(message: OutgoingMessage, channelId: string) {
  const [first] = message.attachments;
  return {
    type: 'message.send',
    timestamp: new Date(millisecondsOf(message.id)).toISOString(),
    data: {
      channel: channelId,
      message: {
        id: message.id,
        conversationId: message.threadKey,
        kind: message.text === '' && first ? first.type : 'text',
        text: message.text,
        replyTo: message.replyTo ?? null,
        attachments: message.attachments.map(({ type, ...rest }) => ({ kind: type, ...rest })),
      },
      recipient: { id: message.recipient },
    },
  };
}

/** When a message was made, by the first 48 bits of its UUID v7: the same on every attempt, unlike the clock. */
function millisecondsOf(id: string): number {
  if (!/^[\da-f]{8}-[\da-f]{4}-7/i.test(id)) throw new TypeError(`message id ${id} is not a UUID v7`);
  return Number.parseInt(id.replace('-', '').slice(0, 12), 16);
}

type Answer = Awaited<ReturnType<OutgoingCalls['request']>>;

function readAnswer({ status, headers, body }: Answer): { externalId?: string } {
  if (status >= 200 && status < 300) return readExternalId(body);
  if (status === 410)
    throw new ConnectorError(
      'misconfigured',
      'Получатель ответил 410: по этому адресу он больше не принимает сообщения / The receiver answered 410: it takes no more messages at this address',
    );
  const waitMs = status === 429 || status === 503 ? parseRetryAfter(headers['retry-after'], Date.now()) : null;
  if (waitMs !== null)
    throw new ConnectorError(
      'throttled',
      `Получатель ответил ${status} и просит подождать / The receiver answered ${status} and asked to wait`,
      { waitMs, scope: 'channel' },
    );
  // Also 400 and redirects: by the specification only 2xx is a success, and a receiver under repair answers anything. The schedule ends after three days.
  throw new ConnectorError('unreachable', `Получатель ответил ${status}, а не 2xx / The receiver answered ${status}, not 2xx`);
}

/** A receiver owes us no body: anything but `{externalId}` is as good as nothing. */
function readExternalId(body: Buffer): { externalId?: string } {
  try {
    const answer = parseJson(body);
    if (typeof answer !== 'object' || answer === null || !('externalId' in answer)) return {};
    const { externalId } = answer;
    if (typeof externalId !== 'string' && typeof externalId !== 'number') return {};
    return isId(String(externalId)) ? { externalId: String(externalId) } : {};
  } catch (error) {
    if (error instanceof UnreadableBody) return {};
    throw error;
  }
}
