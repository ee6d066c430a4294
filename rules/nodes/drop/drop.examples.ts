import type { Example } from '../../node-type.js';
import type { Settings } from './drop.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Сообщение отброшено с причиной', en: 'The message is dropped with a reason' },
    settings: { reason: 'Реклама' },
    event: { type: 'message-received', message: { text: 'Купите кредит' } },
    expect: { port: 'drop', effects: [] },
  },
  {
    title: { ru: 'Причина не обязательна', en: 'A reason is not required' },
    settings: {},
    event: { type: 'message-received', message: { text: 'Купите кредит' } },
    expect: { port: 'drop', effects: [] },
  },
];
