import { BotApiError, tooManyRequests } from './bot-api-error.js';
import type { Params } from './send-methods.js';
import type { Bot, World } from './world.js';

const linkMs = 3_600_000;

/** The methods that send nothing. Undefined for a method that nobody knows. */
export function callBot(world: World, bot: Bot, method: string, { values }: Params, localMode: boolean, signal: AbortSignal): unknown {
  switch (method) {
    case 'getme':
      return { ...bot.user, can_join_groups: true, can_read_all_group_messages: true, supports_inline_queries: false };
    case 'getupdates':
      return getUpdates(bot, values, signal);
    case 'setwebhook':
      return setWebhook(world, bot, values, localMode);
    case 'deletewebhook':
      if (values['drop_pending_updates'] === true) bot.queue.clear();
      bot.worker.set(undefined);
      return true;
    case 'getwebhookinfo':
      return webhookInfo(bot);
    case 'getfile':
      return getFile(world, bot, values);
    case 'editmessagetext':
    case 'deletemessage':
      return change(world, bot, method, values);
    case 'answercallbackquery':
      if (textOf(values['text']).length > 200) throw new BotApiError(400, 'Bad Request: MESSAGE_TOO_LONG');
      return true;
    case 'sendchataction':
      return true;
    default:
      return undefined;
  }
}

function getUpdates(bot: Bot, values: Record<string, unknown>, signal: AbortSignal): Promise<unknown> {
  if (bot.worker.current) {
    throw new BotApiError(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  bot.queue.allow(strings(values['allowed_updates']));
  const number = (name: string) => (values[name] === undefined ? undefined : Number(values[name]));
  return bot.poll.fetch({ offset: number('offset'), limit: number('limit'), timeout: number('timeout') }, signal);
}

function setWebhook(world: World, bot: Bot, values: Record<string, unknown>, localMode: boolean): true {
  const now = world.clock.now();
  if (bot.webhookSetAt !== undefined && now - bot.webhookSetAt < 1000) throw tooManyRequests(1);
  const url = textOf(values['url']);
  const secret = values['secret_token'];
  const connections = Number(values['max_connections'] ?? 40);
  if (url !== '' && !isCallable(url, localMode)) {
    throw new BotApiError(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook, on port 443, 80, 88 or 8443');
  }
  if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(textOf(secret))) {
    throw new BotApiError(400, 'Bad Request: secret token contains unallowed characters');
  }
  if (!(connections >= 1 && connections <= 100)) throw new BotApiError(400, 'Bad Request: wrong max_connections');
  bot.webhookSetAt = now;
  bot.queue.allow(strings(values['allowed_updates']));
  if (values['drop_pending_updates'] === true) bot.queue.clear();
  if (url !== '') bot.poll.terminate('terminated by setWebhook request');
  bot.worker.set(url === '' ? undefined : { url, maxConnections: connections, ...(secret !== undefined && { secret: textOf(secret) }) });
  return true;
}

function isCallable(url: string, localMode: boolean): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, port } = new URL(url);
  if (localMode) return protocol === 'http:' || protocol === 'https:';
  return protocol === 'https:' && ['', '80', '88', '8443'].includes(port);
}

function webhookInfo({ worker, queue }: Bot): object {
  const { current, lastError } = worker;
  return {
    url: current?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: queue.list().length,
    ...(current && { max_connections: current.maxConnections }),
    ...(lastError && { last_error_date: Math.floor(lastError.at / 1000), last_error_message: lastError.message }),
    ...(queue.allowedUpdates && { allowed_updates: queue.allowedUpdates }),
  };
}

function getFile(world: World, bot: Bot, values: Record<string, unknown>): object {
  const file = world.files.get(String(values['file_id']));
  if (file?.bot !== bot.user.id) throw new BotApiError(400, 'Bad Request: invalid file_id');
  if (file.size > 20 * 1024 * 1024) throw new BotApiError(400, 'Bad Request: file is too big');
  const path = `${file.field}/file_${world.nextNumber()}`;
  world.links.set(`${bot.user.id}/${path}`, { fileId: file.fileId, until: world.clock.now() + linkMs });
  return { file_id: file.fileId, file_unique_id: file.uniqueId, file_size: file.size, file_path: path };
}

function change(world: World, bot: Bot, method: string, values: Record<string, unknown>): unknown {
  const chat = world.chat(Number(values['chat_id']), bot.user.id);
  if (!chat) throw new BotApiError(400, 'Bad Request: chat not found');
  const message = chat.messages.get(Number(values['message_id']));
  const isDelete = method === 'deletemessage';
  if (!message) throw new BotApiError(400, `Bad Request: message to ${isDelete ? 'delete' : 'edit'} not found`);
  if (isDelete) {
    if (world.clock.now() / 1000 - message.date > 48 * 3600) throw new BotApiError(400, "Bad Request: message can't be deleted");
    chat.messages.delete(message.message_id);
    return true;
  }
  message['text'] = textOf(values['text']);
  message['edit_date'] = Math.floor(world.clock.now() / 1000);
  return message;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function strings(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}
