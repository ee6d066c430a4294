import { createInstance } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { language } from '../../api/session.js';
import { messagesTexts } from './messages/texts.js';
import { sessionTexts } from './session/texts.js';
import { uiTexts } from './ui/texts.js';

export type Language = z.infer<typeof language>;

/** Texts of one folder in both languages: nested objects of strings, plurals as i18next spells them (`rows_one`, `rows_few`, `rows_many`). */
export interface Texts {
  ru: TextTree;
  en: TextTree;
}
export interface TextTree {
  [key: string]: string | TextTree;
}

const i18next = createInstance();

/** The language to begin with: the first of the browser's that the product speaks, else Russian. */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    if (/^en\b/i.test(tag)) return 'en';
    if (/^ru\b/i.test(tag)) return 'ru';
  }
  return 'ru';
}

/** Texts of a lazily loaded page: merged when its code arrives, before it is drawn. */
export function addTexts(namespace: string, texts: Texts): void {
  i18next.addResourceBundle('ru', namespace, texts.ru);
  i18next.addResourceBundle('en', namespace, texts.en);
}

/** Starts i18next with the shell's texts; must be called before the first drawing. */
export function startTexts(): void {
  const language = chooseLanguage(navigator.languages);
  document.documentElement.lang = language;
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'ru',
    supportedLngs: ['ru', 'en'],
    defaultNS: 'ui',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
    resources: {},
  });
  addTexts('ui', uiTexts);
  addTexts('session', sessionTexts);
  addTexts('messages', messagesTexts);
}

/** Changes the language of all that is shown, and what the page tells screen readers about it. */
export function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  if (i18next.resolvedLanguage !== language) void i18next.changeLanguage(language);
}

/** The language that is shown now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.resolvedLanguage === 'en' ? 'en' : 'ru';
}
