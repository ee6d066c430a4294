import type { Attachment, EventType, MessageKind, RuleEvent } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { toInstant } from '../wall-clock.js';
import type { ChatDeal, ChatEvent } from './chat-move.js';

/** The client that the chat pretends to be. */
export interface TryContact {
  /** As events name it. */
  id: string;
  name: string;
  username: string;
  phone: string;
  bot: boolean;
  /** The client has blocked us: what is sent does not arrive. */
  blocked: boolean;
  /** Further fields that conditions may ask for. */
  fields: readonly { name: string; value: string }[];
}

/** Where the message is written. */
export type TryPlace = 'direct' | 'group' | 'comments';

/** Who, where and when. */
export interface TryChoices {
  contact: TryContact;
  /** `channel:<id>` of the account's, or `kind:<kind>`. */
  channel: string;
  place: TryPlace;
  /** Title or link of the group, link of the post. */
  group: string;
  post: string;
  /** `now` is the moment of sending; otherwise a date and a time of the graph's zone. */
  clock: 'now' | { date: string; time: string };
  /** The deal that the next event shows, where the person changed it. */
  deal?: ChatDeal | 'none';
}

/** What can be made to happen, besides time. */
export const happenings = [
  'client',
  'operator',
  'crm',
  'mailing',
  'phone',
  'call-missed',
  'contact-subscribed',
  'conversation-opened',
  'conversation-closed',
  'score-requested',
  'stage-changed',
] as const;
export type Happening = (typeof happenings)[number];

/** Kinds to try without having such a channel. */
export const channelKinds = ['telegram', 'whatsapp', 'instagram', 'vk', 'avito', 'webchat', 'webhook'];

/** Kinds of messages that come with something attached. */
const attached: ReadonlySet<MessageKind> = new Set(['image', 'video', 'audio', 'voice', 'file', 'sticker', 'location', 'contact']);

export function firstChoices(directory: Directory, name: string): TryChoices {
  const [first] = directory.channels;
  return {
    contact: { id: 'try', name, username: '', phone: '', bot: false, blocked: false, fields: [] },
    channel: first ? `channel:${first.id}` : 'kind:telegram',
    place: first?.surface === 'comments' ? 'comments' : 'direct',
    group: '',
    post: '',
    clock: 'now',
  };
}

/** Whether it is a message, of whomever. */
export function isMessage(what: Happening): boolean {
  return originOf(what) !== undefined;
}

/** What was chosen, as the event that the chat plays. */
export function toChatEvent(
  { contact, channel, place, group, post }: TryChoices,
  { what, text, kind, at }: { what: Happening; text: string; kind: MessageKind; at: string },
  directory: Directory,
): ChatEvent {
  const origin = originOf(what);
  const surface = place === 'comments' ? 'comments' : 'direct';
  return {
    type: eventOf[what],
    at,
    channel: { ...channelOf(channel, directory), surface },
    contact: toContact(contact),
    chat:
      place === 'group'
        ? { type: 'group', id: 'try-group', ...(group !== '' && { title: group }) }
        : { type: place === 'comments' ? 'comments' : 'private' },
    ...(origin && {
      message: {
        kind: place === 'comments' && kind === 'text' ? 'comment' : kind,
        text,
        origin,
        ...(attached.has(kind) && { attachments: [sampleOf(kind)] }),
        ...(place === 'comments' && post !== '' && { post: /^https?:/.test(post) ? { url: post } : { id: post } }),
      },
    }),
  };
}

/** The instant of an event by what was chosen; undefined for a date or time that is none. */
export function instantOf(clock: TryChoices['clock'], zone: string, now: number): string | undefined {
  return clock === 'now' ? new Date(now).toISOString() : toInstant(clock.date, clock.time, zone);
}

/**
 * The instant of the next event. Events of one minute still follow each other: the later one comes a second later; so does «now» in a chat whose clock
 * was moved on. An earlier clock that was chosen is taken as it is.
 * @param last the clock of the chat, ms
 */
export function afterLast(at: string, clock: TryChoices['clock'], last: number | undefined): string {
  if (last === undefined || Date.parse(at) > last) return at;
  const follows = clock === 'now' || last - Date.parse(at) < 60_000;
  return follows ? new Date(last + 1000).toISOString() : at;
}

const eventOf: Record<Happening, EventType> = {
  client: 'message-received',
  operator: 'message-sent',
  crm: 'message-sent',
  mailing: 'message-sent',
  phone: 'message-sent',
  'call-missed': 'call-missed',
  'contact-subscribed': 'contact-subscribed',
  'conversation-opened': 'conversation-opened',
  'conversation-closed': 'conversation-closed',
  'score-requested': 'score-requested',
  'stage-changed': 'stage-changed',
};

function originOf(what: Happening): 'client' | 'operator' | 'crm' | 'mailing' | 'phone' | undefined {
  switch (what) {
    case 'client':
    case 'operator':
    case 'crm':
    case 'mailing':
    case 'phone':
      return what;
    default:
      return undefined;
  }
}

function channelOf(choice: string, directory: Directory): NonNullable<RuleEvent['channel']> {
  const found = directory.channels.find(({ id }) => choice === `channel:${id}`);
  if (!found) return { kind: choice.replace(/^kind:/, '') };
  const { id, name, kind, account } = found;
  return { id, name, kind, ...(account !== null && { account }) };
}

function toContact({ id, name, username, phone, bot, blocked, fields }: TryContact): NonNullable<RuleEvent['contact']> {
  return {
    ...Object.fromEntries(fields.filter((field) => field.name.trim() !== '').map((field) => [field.name.trim(), field.value])),
    id,
    ...(name !== '' && { name }),
    ...(username !== '' && { username: username.replace(/^@/, '') }),
    ...(phone !== '' && { phone }),
    bot,
    ...(blocked && { blocked: true }),
  };
}

function sampleOf(kind: MessageKind): Attachment {
  const endings: Partial<Record<MessageKind, string>> = {
    image: 'jpg',
    video: 'mp4',
    audio: 'mp3',
    voice: 'ogg',
    file: 'pdf',
    sticker: 'webp',
  };
  const ending = endings[kind];
  return ending === undefined ? { type: kind } : { type: kind, url: `https://example.com/${kind}.${ending}`, name: `${kind}.${ending}` };
}
