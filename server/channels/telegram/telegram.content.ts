import type { Attachment, MessageKind } from '../../../rules/index.js';
import { toFileUrl, type FileForm } from './telegram.file.js';
import type { TelegramMessage } from './telegram.update.js';

export interface MessageContent {
  kind: MessageKind;
  text: string;
  attachments: Attachment[];
}

/** What a person put into a message; undefined when there is nothing of a person in it (a service message, or a kind that is newer than this code). */
export function contentOf(message: TelegramMessage): MessageContent | undefined {
  const found = media(message) ?? spoken(message);
  if (!found) return undefined;
  return { text: message.text ?? message.caption ?? '', attachments: [], ...found };
}

type Found = Partial<MessageContent> & Pick<MessageContent, 'kind'>;

/** In Telegram's own order of precedence: an animation comes with `document` too, a live photo with `photo`, a venue with `location`. */
function media(message: TelegramMessage): Found | undefined {
  if (message.animation) return one('video', message.animation, 'animation');
  if (message.live_photo) return one('video', message.live_photo);
  if (message.photo) return { kind: 'image', attachments: largest(message.photo) };
  if (message.video) return one('video', message.video);
  if (message.video_note) return one('video', message.video_note, 'video-note');
  if (message.voice) return one('voice', message.voice);
  if (message.audio) {
    const { title, performer, file_name } = message.audio;
    return one('audio', { ...message.audio, file_name: file_name ?? (joined([performer, title], ' - ') || undefined) });
  }
  if (message.document) return one('file', message.document);
  if (message.sticker) return { ...one('sticker', message.sticker), text: message.sticker.emoji ?? '' };
  if (message.paid_media) return paid(message.paid_media.paid_media);
  if (message.contact) return card(message.contact);
  if (message.venue) {
    const { location, title, address } = message.venue;
    return { kind: 'location', text: joined([title, address], ', '), attachments: [place(location, title)] };
  }
  if (message.location) return { kind: 'location', attachments: [place(message.location)] };
  return undefined;
}

/** Kinds without a file: what can be read of them is their text. */
function spoken(message: TelegramMessage): Found | undefined {
  const { text, caption, poll, checklist, dice, game, rich_message } = message;
  if (text !== undefined || caption !== undefined) return { kind: 'text' };
  if (poll) return { kind: 'text', text: lines(poll.question, poll.options) };
  if (checklist) return { kind: 'text', text: lines(checklist.title, checklist.tasks) };
  if (dice) return { kind: 'sticker', text: dice.emoji };
  if (game) return { kind: 'text', text: game.title };
  if (rich_message !== undefined) return { kind: 'text', text: textsWithin(rich_message).join('\n') };
  // A person sent these too, though nothing of them can be shown: better an empty message before an operator than silence.
  return ['story', 'invoice', 'giveaway'].some((key) => message[key] !== undefined) ? { kind: 'text' } : undefined;
}

function one(type: 'video' | 'voice' | 'audio' | 'file' | 'sticker', file: File, form?: FileForm): Found {
  return { kind: type, attachments: [toAttachment(type, file, form)] };
}

interface File {
  file_id: string;
  file_name?: string | undefined;
  mime_type?: string | undefined;
  file_size?: number | undefined;
}

function toAttachment(type: string, { file_id, file_name, mime_type, file_size }: File, form?: FileForm): Attachment {
  return {
    type,
    url: toFileUrl(file_id, form),
    ...(file_name && { name: file_name }),
    ...(mime_type && { mime: mime_type }),
    ...(file_size !== undefined && { size: file_size }),
  };
}

type Photo = NonNullable<TelegramMessage['photo']>[number];

/** Photos are always JPEG there; the sizes come in rising order by habit, not by promise. */
function largest(sizes: Photo[]): Attachment[] {
  const best = sizes.reduce<Photo | undefined>(
    (best, size) => (best && best.width * best.height > size.width * size.height ? best : size),
    undefined,
  );
  return best ? [{ ...toAttachment('image', best), mime: 'image/jpeg' }] : [];
}

function paid(parts: NonNullable<TelegramMessage['paid_media']>['paid_media']): Found {
  const attachments = parts.flatMap(({ photo, video }) => [
    ...(photo ? largest(photo) : []),
    ...(video ? [toAttachment('video', video)] : []),
  ]);
  return { kind: attachments[0]?.type === 'image' ? 'image' : 'video', attachments };
}

function card({ phone_number, first_name, last_name }: NonNullable<TelegramMessage['contact']>): Found {
  const name = joined([first_name, last_name], ' ');
  const digits = phone_number.replace(/\D/g, '');
  return { kind: 'contact', attachments: [{ type: 'contact', url: `tel:+${digits}`, ...(name && { name }) }] };
}

/** RFC 5870. */
function place({ latitude, longitude }: NonNullable<TelegramMessage['location']>, name?: string): Attachment {
  return { type: 'location', url: `geo:${latitude},${longitude}`, ...(name && { name }) };
}

function lines(title: string, items: { text: string }[]): string {
  return [title, ...items.map((item) => `- ${item.text}`)].join('\n');
}

export function joined(parts: (string | undefined)[], separator: string): string {
  return parts.filter(Boolean).join(separator);
}

/** Every `text` in document order; the body's depth is already bounded. */
function textsWithin(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsWithin);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')] : textsWithin(inner),
  );
}
