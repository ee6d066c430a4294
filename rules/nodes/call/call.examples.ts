import type { Example } from '../../node-type.js';
import type { Settings } from './call.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Общая проверка на спам', en: 'A check for spam that several rule sets share' },
    settings: { ruleSet: 'Спам' },
    event: { type: 'message-received', message: { text: 'Привет' } },
    expect: { port: 'call' },
  },
  {
    title: { ru: 'Вызывается при любом событии', en: 'It is called on any event' },
    settings: { ruleSet: 'Спам' },
    event: { type: 'schedule-ticked' },
    expect: { port: 'call' },
  },
];
