import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { ConnectedChannel } from '../channel-connector.js';

/** The connect form of a Telegram bot. */
export const telegramSettings = z.strictObject({
  token: z
    .string()
    .trim()
    .regex(/^\d{1,20}:[A-Za-z0-9_-]{3,200}$/, 'Токен выглядит как 123456789:AAH… / The token looks like 123456789:AAH…')
    .meta({
      label: { ru: 'Токен бота', en: 'Bot token' },
      help: { ru: 'Его выдаёт @BotFather после команды /newbot', en: '@BotFather gives it after the command /newbot' },
      placeholder: { ru: '123456789:AAH…', en: '123456789:AAH…' },
      secret: true,
    }),
  mode: z
    .enum(['polling', 'webhook'])
    .default('polling')
    .meta({
      label: { ru: 'Как получать сообщения', en: 'How messages come' },
      help: {
        ru: 'Опрос работает без публичного адреса. Вебхук быстрее, но нужен адрес https, который виден из интернета',
        en: 'Polling works without a public address. A webhook is faster but needs an https address that the internet can reach',
      },
      options: { polling: { ru: 'Опрос Telegram', en: 'Polling Telegram' }, webhook: { ru: 'Вебхук', en: 'Webhook' } },
    }),
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'Нужен адрес http(s) / An http(s) address is needed' })
    .refine((url) => !/[?#@]/.test(url), 'Адрес без параметров и пароля / An address without parameters and a password')
    .default('https://api.telegram.org')
    .transform((url) => url.replace(/\/+$/, ''))
    .meta({
      label: { ru: 'Адрес Bot API', en: 'Bot API address' },
      help: { ru: 'Меняйте, только если у вас свой сервер Bot API', en: 'Change it only if you run a Bot API server of your own' },
    }),
  secretToken: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/, 'Латинские буквы, цифры, _ и -, до 256 знаков / Latin letters, digits, _ and -, up to 256 characters')
    .optional()
    .meta({
      label: { ru: 'Секрет вебхука', en: 'Webhook secret' },
      help: { ru: 'Оставьте пустым: секрет будет создан сам', en: 'Leave it empty: a secret is made by itself' },
      secret: true,
    }),
});

export type TelegramSettings = z.output<typeof telegramSettings>;
export type TelegramChannel = ConnectedChannel<TelegramSettings>;

/**
 * What Telegram must put into X-Telegram-Bot-Api-Secret-Token. Without one of the admin's it is derived from the token and the channel's id, so that
 * nothing need be stored, a new token makes a new secret, and two channels never share one.
 */
export function secretTokenOf({ id, settings }: TelegramChannel): string {
  return settings.secretToken ?? createHmac('sha256', settings.token).update(`telegram-webhook:${id}`).digest('base64url');
}

/** The public half of the token. */
export function botIdOf({ settings }: TelegramChannel): string {
  return settings.token.slice(0, settings.token.indexOf(':'));
}
