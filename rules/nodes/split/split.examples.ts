import type { Example } from '../../node-type.js';
import type { Settings } from './split.js';

const message = { text: 'Привет' };
const channel = { kind: 'telegram' };

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Пополам: этот клиент — в первую часть', en: 'In halves: this client goes to the first part' },
    settings: {},
    event: { type: 'message-received', message, channel, contact: { id: '2' } },
    expect: { port: 'a' },
  },
  {
    title: { ru: 'А этот — во вторую', en: 'And this one to the second' },
    settings: {},
    event: { type: 'message-received', message, channel, contact: { id: '8' } },
    expect: { port: 'b' },
  },
  {
    title: { ru: 'Сумма долей — не обязательно 100', en: 'The shares need not add up to 100' },
    settings: { parts: { new: 1, old: 99_999 } },
    event: { type: 'message-received', message, channel, contact: { id: '1' } },
    expect: { port: 'old' },
  },
];
