import type { Example } from '../../node-type.js';
import type { Settings } from './extract.js';

const settings = { pattern: 'Здравствуйте! Мой код {code}', field: 'Источник' };
const stored = (value: string) => ({
  port: 'next',
  effects: [{ type: 'set-field' as const, entity: 'deal' as const, field: 'Источник', value }],
});

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Код сохраняется, как его написал клиент', en: 'The code is stored as the client wrote it' },
    settings,
    event: { type: 'message-received', message: { text: 'Здравствуйте! Мой код Ab-12_x. Сколько стоит?' } },
    expect: stored('Ab-12_x'),
  },
  {
    title: { ru: 'Регистр и пробелы не важны', en: 'Letter case and white space do not matter' },
    settings,
    event: { type: 'message-received', message: { text: 'Добрый день. здравствуйте !\n МОЙ  КОД  a1' } },
    expect: stored('a1'),
  },
  {
    title: { ru: 'Без кода сохранять нечего', en: 'Without a code there is nothing to store' },
    settings,
    event: { type: 'message-received', message: { text: 'Здравствуйте! Мой код …' } },
    expect: { port: 'next', effects: [] },
  },
  {
    title: { ru: 'Другое сообщение', en: 'Another message' },
    settings,
    event: { type: 'message-received', message: { text: 'Здравствуйте! Сколько стоит?' } },
    expect: { port: 'next', effects: [] },
  },
  {
    title: { ru: 'Событие без сообщения', en: 'An event without a message' },
    settings,
    event: { type: 'call-missed', contact: { phone: '79996665544' } },
    expect: { port: 'next', effects: [] },
  },
];
