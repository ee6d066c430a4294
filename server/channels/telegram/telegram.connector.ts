import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { defineConnector, type HookRequest, type OutgoingCalls, type Verdict } from '../channel-connector.js';
import { ConnectorError } from '../connector-error.js';
import { callTelegram } from './telegram.client.js';
import { parseUpdate } from './telegram.parse.js';
import { allowedUpdates, pollTelegram } from './telegram.poll.js';
import { limitsOf, sendToTelegram } from './telegram.send.js';
import { secretTokenOf, telegramSettings, type TelegramChannel } from './telegram.settings.js';

/** A bot of Telegram (https://core.telegram.org/bots/api), by webhook or by polling. */
export const telegram = defineConnector({
  kind: 'telegram',
  title: { ru: 'Телеграм-бот', en: 'Telegram bot' },
  description: {
    ru: 'Личные сообщения бота, группы и комментарии под записями каналов',
    en: "The bot's private messages, groups and comments under channel posts",
  },
  icon: 'brand-telegram',
  settings: telegramSettings,
  identityScope: 'kind',
  maxTextLength: 4096,
  dedupesSends: false,
  limits: limitsOf,
  verify,
  parse: parseUpdate,
  send: sendToTelegram,
  connect,
  /** Also for a polled bot, where it changes nothing. Updates that wait at Telegram stay there for 24 hours. */
  async disconnect(channel, calls) {
    await callTelegram(channel, calls, { method: 'deleteWebhook', repeatable: true });
  },
  poll: {
    wanted: (channel) => channel.settings.mode === 'polling',
    fetch: pollTelegram,
  },
});

function verify(request: HookRequest, channel: TelegramChannel): Verdict {
  const settings: Partial<TelegramChannel['settings']> = channel.settings;
  if (settings.mode === 'polling') return { refuse: 404, title: 'Not found' };
  if (!settings.token) return { refuse: 503, title: 'The channel has no bot token' };
  const given = request.headers['x-telegram-bot-api-secret-token'];
  if (typeof given !== 'string' || !isSame(given, secretTokenOf(channel)))
    return { refuse: 401, title: 'The secret token is missing or wrong' };
  return { store: true };
}

/** Digests have one length, so neither the length nor a right beginning of the secret shows in the time. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

const account = z.object({ username: z.string().regex(/^\w{1,64}$/) });

async function connect(channel: TelegramChannel, calls: OutgoingCalls): Promise<{ account?: string }> {
  const hookUrl = channel.settings.mode === 'webhook' ? hookUrlOf(channel) : undefined;
  const me = account.safeParse((await callTelegram(channel, calls, { method: 'getMe', repeatable: true })).result);
  if (hookUrl === undefined) {
    await callTelegram(channel, calls, { method: 'deleteWebhook', repeatable: true });
  } else {
    await callTelegram(channel, calls, {
      method: 'setWebhook',
      params: { url: hookUrl, secret_token: secretTokenOf(channel), allowed_updates: allowedUpdates },
      repeatable: true,
    });
  }
  return me.success ? { account: me.data.username } : {};
}

/** Telegram calls https on these ports only; a Bot API server of one's own may be told otherwise, so there it is left to that server to refuse. */
function hookUrlOf({ hookUrl, settings }: TelegramChannel): string {
  const ports = ['', '443', '80', '88', '8443'];
  const url = URL.canParse(hookUrl) ? new URL(hookUrl) : undefined;
  const isOwnServer = new URL(settings.baseUrl).hostname !== 'api.telegram.org';
  if (url && isOwnServer) return hookUrl;
  if (url?.protocol === 'https:' && ports.includes(url.port)) return hookUrl;
  throw new ConnectorError(
    'misconfigured',
    'Для вебхука нужен PUBLIC_URL с https и портом 443, 80, 88 или 8443; без него выберите опрос / ' +
      'A webhook needs a PUBLIC_URL with https and port 443, 80, 88 or 8443; without one choose polling',
  );
}
