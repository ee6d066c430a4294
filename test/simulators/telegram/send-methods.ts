import { BotApiError } from './bot-api-error.js';
import type { Ledger } from './ledger.js';
import type { SendLimits } from './send-limits.js';
import { toQuoted, type Bot, type Chat, type Message, type World } from './world.js';

/** A call's parameters, whatever form they came in; uploads stand apart, by field name. */
export interface Params {
  values: Record<string, unknown>;
  uploads: Map<string, { content: Buffer; name: string; mime: string }>;
}

interface Context {
  world: World;
  limits: SendLimits;
  ledger: Ledger;
  bot: Bot;
  method: string;
}

const mebibyte = 1024 * 1024;
/** The field of the file, the largest upload and the largest file by URL, in bytes. */
const files: Record<string, { field: string; upload: number; byUrl: number; caption: boolean }> = {
  sendPhoto: { field: 'photo', upload: 10 * mebibyte, byUrl: 5 * mebibyte, caption: true },
  sendDocument: { field: 'document', upload: 50 * mebibyte, byUrl: 20 * mebibyte, caption: true },
  sendVideo: { field: 'video', upload: 50 * mebibyte, byUrl: 20 * mebibyte, caption: true },
  sendAudio: { field: 'audio', upload: 50 * mebibyte, byUrl: 20 * mebibyte, caption: true },
  sendVoice: { field: 'voice', upload: 50 * mebibyte, byUrl: mebibyte, caption: true },
  sendAnimation: { field: 'animation', upload: 50 * mebibyte, byUrl: 20 * mebibyte, caption: true },
  sendVideoNote: { field: 'video_note', upload: 50 * mebibyte, byUrl: 0, caption: false },
  sendSticker: { field: 'sticker', upload: mebibyte, byUrl: 20 * mebibyte, caption: false },
};

/** The send methods: what they accept, whom they reach, what they count and write down. Undefined for a method of another kind. */
export function send(context: Context, params: Params): Message | Message[] | undefined {
  const { method } = context;
  const { values } = params;
  if (method === 'sendMessage') return deliver(context, values, () => ({ text: checkedText(values['text']) }));
  if (method === 'sendMediaGroup') return album(context, params);
  if (method === 'sendLocation')
    return deliver(context, values, () => ({ location: { latitude: number(values, 'latitude'), longitude: number(values, 'longitude') } }));
  if (method === 'sendContact') {
    return deliver(context, values, () => ({
      contact: { phone_number: text(values, 'phone_number'), first_name: text(values, 'first_name') },
    }));
  }
  const kind = files[method];
  if (!kind) return undefined;
  return deliver(context, values, () => ({
    ...toFile(context, kind, values[kind.field], params.uploads.get(kind.field), method),
    ...(kind.caption && toCaption(values['caption'])),
  }));
}

function deliver(context: Context, values: Record<string, unknown>, content: () => Record<string, unknown>): Message {
  const chat = reachable(context, values);
  const fields = { ...content(), ...toReply(chat, values) };
  return accepted(context, chat, values, fields);
}

function album(context: Context, { values, uploads }: Params): Message[] {
  const chat = reachable(context, values);
  const media = values['media'];
  if (!Array.isArray(media) || media.length < 2 || media.length > 10)
    throw new BotApiError(400, 'Bad Request: there must be 2-10 media in an album');
  const items = media.map((item: Record<string, unknown>) => {
    const [method, kind] = Object.entries(files).find(([, kind]) => kind.field === item['type']) ?? [];
    if (!method || !kind || !['photo', 'video', 'audio', 'document'].includes(kind.field))
      throw new BotApiError(400, 'Bad Request: wrong media type');
    const source = String(item['media']);
    const upload = source.startsWith('attach://') ? uploads.get(source.slice(9)) : undefined;
    return { field: kind.field, fields: { ...toFile(context, kind, source, upload, method), ...toCaption(item['caption']) } };
  });
  const apart = new Set(items.map(({ field }) => (['photo', 'video'].includes(field) ? 'picture' : field)));
  if (apart.size > 1) throw new BotApiError(400, 'Bad Request: documents and audio can be in an album with their own kind only');
  const reply = toReply(chat, values);
  const group = `${context.world.nextNumber()}`;
  context.limits.take(context.bot.user.id, chat.head.id);
  return items.map(({ fields }) => stored(context, chat, values, { ...fields, ...reply, media_group_id: group }));
}

/** Only what passed every check counts towards the limits. */
function accepted(context: Context, chat: Chat, values: Record<string, unknown>, fields: Record<string, unknown>): Message {
  context.limits.take(context.bot.user.id, chat.head.id);
  return stored(context, chat, values, fields);
}

function stored(
  { world, ledger, bot, method }: Context,
  chat: Chat,
  values: Record<string, unknown>,
  fields: Record<string, unknown>,
): Message {
  const message = world.addMessage(chat, { from: bot.user, ...fields });
  const shown = fields['text'] ?? fields['caption'];
  const text = typeof shown === 'string' ? shown : '';
  const at = new Date(world.clock.now()).toISOString();
  ledger.add({ at, bot: bot.user.username ?? '', method, chat: chat.head.id, message: message.message_id, text, params: values });
  return message;
}

function reachable({ world, bot }: Context, values: Record<string, unknown>): Chat {
  if (values['business_connection_id'] !== undefined) throw new BotApiError(400, 'Bad Request: business connection not found');
  const id = Number(values['chat_id']);
  const chat = Number.isSafeInteger(id) ? world.chat(id, bot.user.id) : undefined;
  if (!chat) throw new BotApiError(400, 'Bad Request: chat not found');
  if (chat.migratedTo !== undefined) {
    throw new BotApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: chat.migratedTo });
  }
  if (id < 0 && !chat.bots.has(bot.user.id)) throw new BotApiError(403, `Forbidden: bot was kicked from the ${chat.head.type} chat`);
  if (id > 0 && bot.blockedBy.has(id)) throw new BotApiError(403, 'Forbidden: bot was blocked by the user');
  if (id > 0 && !bot.started.has(id)) throw new BotApiError(403, "Forbidden: bot can't initiate conversation with a user");
  return chat;
}

function toReply(chat: Chat, values: Record<string, unknown>): { reply_to_message?: Message } {
  const reply = values['reply_parameters'];
  if (typeof reply !== 'object' || reply === null) return {};
  const { message_id, allow_sending_without_reply } = reply as Record<string, unknown>;
  const message = chat.messages.get(Number(message_id));
  if (message) return { reply_to_message: toQuoted(message) };
  if (allow_sending_without_reply === true) return {};
  throw new BotApiError(400, 'Bad Request: message to be replied not found');
}

function toFile(
  { world, bot }: Context,
  kind: { field: string; upload: number; byUrl: number },
  source: unknown,
  upload: { content: Buffer; name: string; mime: string } | undefined,
  method: string,
): Record<string, unknown> {
  if (upload) {
    if (upload.content.length > kind.upload) throw new BotApiError(413, 'Request Entity Too Large');
    return inMessage(kind.field, world.addFile(bot.user.id, kind.field, upload.content, { name: upload.name, mime: upload.mime }));
  }
  const reference = typeof source === 'string' ? source : '';
  const known = world.files.get(reference);
  if (known?.bot === bot.user.id && known.field === kind.field) return inMessage(kind.field, known);
  if (!/^https?:\/\/[^/]+/.test(reference) || kind.byUrl === 0)
    throw new BotApiError(400, 'Bad Request: wrong file identifier/HTTP URL specified');
  if (method === 'sendDocument' && !/\.(gif|pdf|zip)(\?|$)/i.test(reference))
    throw new BotApiError(400, 'Bad Request: wrong type of the web page content');
  // Nothing is fetched: an address says its file's size, as in …/photo.jpg?size=6000000.
  const size = Number(new URL(reference).searchParams.get('size') ?? 1000);
  if (size > kind.byUrl) throw new BotApiError(400, 'Bad Request: failed to get HTTP URL content');
  return inMessage(kind.field, world.addFile(bot.user.id, kind.field, Buffer.alloc(0), { size }));
}

/** A file as a message shows it. */
export function inMessage(
  field: string,
  file: { fileId: string; uniqueId: string; size: number; name?: string; mime?: string },
): Record<string, unknown> {
  const shown = {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.size,
    ...(file.name !== undefined && { file_name: file.name }),
    ...(file.mime !== undefined && { mime_type: file.mime }),
  };
  return { [field]: field === 'photo' ? [{ ...shown, width: 800, height: 600 }] : shown };
}

function checkedText(value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') throw new BotApiError(400, 'Bad Request: message text is empty');
  if (text.length > 4096) throw new BotApiError(400, 'Bad Request: message is too long');
  return text;
}

function toCaption(value: unknown): { caption?: string } {
  if (typeof value !== 'string' || value === '') return {};
  if (value.length > 1024) throw new BotApiError(400, 'Bad Request: message caption is too long');
  return { caption: value };
}

function text(values: Record<string, unknown>, name: string): string {
  const value = values[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new BotApiError(400, `Bad Request: ${name} is empty`);
}

function number(values: Record<string, unknown>, name: string): number {
  const value = Number(values[name]);
  if (values[name] !== undefined && Number.isFinite(value)) return value;
  throw new BotApiError(400, `Bad Request: wrong ${name}`);
}
