import type { Example } from '../../node-type.js';
import type { Settings } from './on-no-reply.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Оператор молчит четверть часа', en: 'The operator is silent for a quarter of an hour' },
    settings: {},
    event: {},
    expect: { silence: { from: 'operator', after: 900_000 } },
  },
  {
    title: { ru: 'Клиент молчит сутки', en: 'The client is silent for a day' },
    settings: { from: 'client', after: 'P1D' },
    event: {},
    expect: { silence: { from: 'client', after: 86_400_000 } },
  },
];
