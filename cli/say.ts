import type { Bilingual, Language } from '../rules/index.js';

/** Chooses the language of a text for people. */
export type Say = (text: Bilingual) => string;

/** Russian for a Russian locale, else English: a terminal tells its language by LC_ALL, LC_MESSAGES or LANG. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return locale.toLowerCase().startsWith('ru') ? 'ru' : 'en';
}
