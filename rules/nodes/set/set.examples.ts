import type { Example } from '../../node-type.js';
import type { Settings } from './set.js';

const event = { type: 'message-received' as const, message: { text: ' Синий ' }, contact: { name: 'Анна' } };

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Текст в нижнем регистре', en: 'A text in lower case' },
    settings: { name: 'цвет', value: '$lowercase($trim(message.text))' },
    event,
    expect: { port: 'next', set: { цвет: 'синий' } },
  },
  {
    title: { ru: 'Счёт', en: 'A count' },
    settings: { name: 'n', value: '(vars.n ?? 0) + 1' },
    event,
    variables: { n: 2 },
    expect: { port: 'next', set: { n: 3 } },
  },
  {
    title: { ru: 'Значения нет: переменная снимается', en: 'There is no value: the variable is unset' },
    settings: { name: 'phone', value: 'contact.phone' },
    event,
    variables: { phone: '7' },
    expect: { port: 'next', set: { phone: undefined } },
  },
];
