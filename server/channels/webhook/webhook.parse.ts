import { type ChannelEvent, type ConnectedChannel, type Parsed, type Sender, UnreadableBody } from '../channel-connector.js';
import { parseJson } from '../parse-json.js';
import { type Envelope, envelope } from './webhook.envelope.js';

/** The envelope in our words. Throws `UnreadableBody` with the first place that is wrong. */
export function parseWebhook(body: Buffer, channel: Pick<ConnectedChannel, 'surface'>): Parsed {
  const read = readEnvelope(body);
  if ('problems' in read) {
    const [problem] = read.problems;
    throw new UnreadableBody(problem ? `${problem.path || 'the body'}: ${problem.detail}` : 'not an envelope');
  }
  return toParsed(read.envelope, channel.surface);
}

/** A body as an envelope, or every place where it is not one. Throws `UnreadableBody` when it is no JSON at all. */
export function readEnvelope(body: Buffer): { envelope: Envelope } | { problems: { path: string; detail: string }[] } {
  const read = envelope.safeParse(parseJson(body));
  if (read.success) return { envelope: read.data };
  return { problems: read.error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), detail: issue.message })) };
}

function toParsed(read: Envelope, surface: ConnectedChannel['surface']): Parsed {
  const at = read.timestamp;
  switch (read.type) {
    case 'message.received':
      return { events: [toReceived(read.data, at, surface)] };
    case 'message.edited': {
      const { id, text, editedAt, attachments } = read.data.message;
      return {
        events: [{ type: 'message-edited', externalId: id, at: editedAt ?? at, text: text ?? '', ...(attachments && { attachments }) }],
      };
    }
    case 'message.deleted':
      return { events: [{ type: 'message-deleted', externalId: read.data.message.id, at }] };
    case 'message.status':
      return toStatus(read.data, at);
    case 'call.missed':
      return { events: [{ type: 'call-missed', ...toMeeting(read.data, at, 'call') }] };
    case 'contact.subscribed':
      return { events: [{ type: 'contact-subscribed', ...toMeeting(read.data, at, 'subscription') }] };
    case 'contact.updated':
      return { events: [], ignored: 'contact.updated is accepted and not used: contacts are edited here' };
  }
}

type DataOf<Type extends Envelope['type']> = Extract<Envelope, { type: Type; data: unknown }>['data'];

function toReceived(
  { message, sender, source }: DataOf<'message.received'>,
  timestamp: string,
  surface: ConnectedChannel['surface'],
): ChannelEvent {
  // One person without conversations of his own is one conversation.
  const threadKey = message.conversationId ?? sender.id;
  const comments = surface === 'comments' || message.kind === 'comment';
  return {
    type: 'message-received',
    externalId: message.id,
    at: message.sentAt ?? timestamp,
    threadKey,
    chat: { type: comments ? 'comments' : 'private', id: threadKey, ...(sender.name && { name: sender.name }) },
    sender: toSender(sender),
    kind: message.kind,
    text: message.text ?? '',
    attachments: message.attachments ?? [],
    ...(source?.postId && { post: { id: source.postId } }),
    ...(message.replyTo && { replyTo: message.replyTo }),
  };
}

function toStatus({ messageId, externalId, status, error }: DataOf<'message.status'>, at: string): Parsed {
  // Ours are UUIDs; anything else would only break the look-up.
  const ours = messageId && uuid.test(messageId) ? messageId.toLowerCase() : undefined;
  if (!ours && !externalId) return { events: [], ignored: 'messageId is not an id of ours' };
  const detail = [error?.code, error?.detail].filter(Boolean).join(': ');
  return {
    events: [
      {
        type: 'message-status',
        ...(ours && { messageId: ours }),
        ...(externalId && { externalId }),
        at,
        status,
        ...(detail && { detail }),
      },
    ],
  };
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

function toMeeting({ message, sender }: DataOf<'call.missed'>, timestamp: string, what: string) {
  const at = message?.sentAt ?? timestamp;
  return {
    externalId: message?.id ?? `${what}:${sender.id}:${at}`,
    at,
    threadKey: message?.conversationId ?? sender.id,
    sender: toSender(sender),
  };
}

function toSender(sender: DataOf<'call.missed'>['sender']): Sender {
  const { id, name, username, email } = sender;
  const phone = sender.phone?.replaceAll(/\D/g, '');
  return { externalId: id, ...(name && { name }), ...(username && { username }), ...(phone && { phone }), ...(email && { email }) };
}
