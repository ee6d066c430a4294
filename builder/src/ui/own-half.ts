import type { Language } from '../i18n.js';

/**
 * The reader's half of what the server wrote in both languages, «Нужен адрес / An address is needed». Words of a platform in brackets at the end belong to
 * both halves: «Telegram отклонил запрос / Telegram refused the request (getMe: Forbidden)». A text that is no such pair stays whole.
 */
export function ownHalf(text: string, language: Language): string {
  const [, russian, english, said = ''] = /^(.*?[а-яё].*?) \/ ([^а-яё]*?)( \(.*\))?$/is.exec(text) ?? [];
  if (russian === undefined || !english) return text;
  return language === 'ru' ? russian + said : english + said;
}
