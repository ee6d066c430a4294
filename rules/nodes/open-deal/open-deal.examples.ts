import type { Example } from '../../node-type.js';
import type { Settings } from './open-deal.js';

const event = { type: 'message-received' as const, message: { text: 'Привет' } };

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Сделки нет: создаётся', en: 'There is no deal: one is opened' },
    settings: {},
    event,
    expect: { port: 'next', effects: [{ type: 'open-deal' }] },
  },
  {
    title: { ru: 'Закрытая сделка — тоже сделка', en: 'A closed deal is a deal, too' },
    settings: { when: 'none' },
    event: { ...event, deal: { id: 'd1', open: false } },
    expect: { port: 'next', effects: [] },
  },
  {
    title: { ru: 'Все закрыты: создаётся новая', en: 'All are closed: a new one is opened' },
    settings: { when: 'closed' },
    event: { ...event, deal: { id: 'd1', open: false } },
    expect: { port: 'next', effects: [{ type: 'open-deal' }] },
  },
  {
    title: { ru: 'Уже созданная правилами сделка считается', en: 'A deal that the rules opened already counts' },
    settings: { when: 'closed' },
    event: { ...event, deal: { id: 'd1', open: false } },
    memory: { deal: { open: true } },
    expect: { port: 'next', effects: [] },
  },
];
