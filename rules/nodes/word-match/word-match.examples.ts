import type { Example } from '../../node-type.js';
import type { Settings } from './word-match.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Слово нашлось', en: 'The word is there' },
    settings: { patterns: 'цен* сколько' },
    event: { type: 'message-received', message: { text: 'Какая цена?' } },
    expect: { port: 'yes' },
  },
  {
    title: { ru: 'Похожее слово — не то слово', en: 'A similar word is not the word' },
    settings: { patterns: 'цен*' },
    event: { type: 'message-received', message: { text: 'У вас уценка?' } },
    expect: { port: 'no' },
  },
  {
    title: { ru: 'Адрес узнаётся целиком', en: 'An address is recognised as a whole' },
    settings: { patterns: 't.me*' },
    event: { type: 'message-received', message: { text: 'Подпишись: t.me/spam' } },
    expect: { port: 'yes' },
  },
  {
    title: { ru: 'Без сообщения — нет', en: 'Without a message: no' },
    settings: { patterns: 'цен*' },
    event: { type: 'call-missed' },
    expect: { port: 'no' },
  },
];
