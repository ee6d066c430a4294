import type { Attachment } from '../../../rules/index.js';
import { ConnectorError } from '../connector-error.js';
import { parseFileUrl, type FileForm } from './telegram.file.js';

/** One call that puts one message, or one album, into a chat; the chat itself is added by the sender. */
export interface SendCall {
  method: string;
  params: Record<string, unknown>;
}

/**
 * The calls for a text and attachments, as few as Telegram allows: one attachment carries the text as its caption, an album does too, a text too long for
 * a caption goes first on its own. Throws `ConnectorError` (`rejected`) for an attachment that cannot be sent and for an empty message.
 */
export function toSendCalls(text: string, attachments: Attachment[]): SendCall[] {
  const parts = attachments.map(toPart);
  const groups = grouped(parts);
  const caption = text.length <= captionLength && groups.length === 1 && parts.every((part) => part.captioned) ? text : '';
  const calls = groups.map((group, at) => toCall(group, at === 0 ? caption : ''));
  if (text !== '' && caption === '') calls.unshift({ method: 'sendMessage', params: { text } });
  if (calls.length === 0) throw new ConnectorError('rejected', 'Пустое сообщение не отправить / An empty message cannot be sent');
  return calls;
}

/** After entity parsing; we send no entities. */
const captionLength = 1024;
const albumLength = 10;

interface Part {
  method: string;
  params: Record<string, unknown>;
  captioned: boolean;
  /** Parts of one album; documents and audio only with their own kind. */
  album?: { family: 'picture' | 'audio' | 'document'; type: string; media: string };
}

type Medium = { method: string; field: string; captioned: boolean; family?: 'picture' | 'audio' | 'document' };

const media: Record<string, Medium> = {
  image: { method: 'sendPhoto', field: 'photo', captioned: true, family: 'picture' },
  video: { method: 'sendVideo', field: 'video', captioned: true, family: 'picture' },
  audio: { method: 'sendAudio', field: 'audio', captioned: true, family: 'audio' },
  voice: { method: 'sendVoice', field: 'voice', captioned: true },
  file: { method: 'sendDocument', field: 'document', captioned: true, family: 'document' },
  sticker: { method: 'sendSticker', field: 'sticker', captioned: false },
};

const forms: Record<FileForm, Medium> = {
  animation: { method: 'sendAnimation', field: 'animation', captioned: true },
  'video-note': { method: 'sendVideoNote', field: 'video_note', captioned: false },
};

function toPart(attachment: Attachment, at: number): Part {
  const { type, url = '', name } = attachment;
  const place = `attachments[${at}]`;
  if (type === 'contact') return contact(url, name, place);
  if (type === 'location') return location(url, place);
  const file = parseFileUrl(url);
  const medium = file?.form ? forms[file.form] : media[type];
  if (!medium) throw unsendable(place, `вложение вида «${type}»`, `an attachment of the kind "${type}"`);
  const source = file?.fileId ?? (/^https?:\/\//i.test(url) ? url : undefined);
  if (!source) throw unsendable(place, 'нужна ссылка http(s) или файл из Telegram', 'an http(s) link or a file of Telegram is needed');
  const { method, field, captioned, family } = medium;
  return { method, params: { [field]: source }, captioned, ...(family && { album: { family, type: field, media: source } }) };
}

function contact(url: string, name: string | undefined, place: string): Part {
  const phone = /^tel:(\+?\d{3,20})$/.exec(url)?.[1];
  if (!phone) throw unsendable(place, 'у контакта нет номера вида tel:+7…', 'the contact has no number like tel:+7…');
  return { method: 'sendContact', params: { phone_number: phone, first_name: name || phone }, captioned: false };
}

function location(url: string, place: string): Part {
  const found = /^geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(url);
  if (!found) throw unsendable(place, 'у места нет координат вида geo:55.75,37.62', 'the location has no coordinates like geo:55.75,37.62');
  return { method: 'sendLocation', params: { latitude: Number(found[1]), longitude: Number(found[2]) }, captioned: false };
}

/** Neighbours of one album family together, in order. */
function grouped(parts: Part[]): Part[][] {
  const groups: Part[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last && last.length < albumLength && part.album && last[0]?.album?.family === part.album.family) last.push(part);
    else groups.push([part]);
  }
  return groups;
}

function toCall(group: Part[], caption: string): SendCall {
  const only = group.length === 1 ? group[0] : undefined;
  if (only) return { method: only.method, params: { ...only.params, ...(caption && { caption }) } };
  const items = group.map(({ album }, at) => ({ type: album?.type, media: album?.media, ...(at === 0 && caption && { caption }) }));
  return { method: 'sendMediaGroup', params: { media: items } };
}

function unsendable(place: string, ru: string, en: string): ConnectorError {
  return new ConnectorError('rejected', `${place}: Telegram не отправит: ${ru} / Telegram cannot send: ${en}`);
}
