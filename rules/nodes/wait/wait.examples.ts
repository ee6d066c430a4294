import type { Example } from '../../node-type.js';
import type { Settings } from './wait.js';

/** 12:00 in Moscow. */
const event = { at: '2026-03-02T09:00:00Z', message: { text: 'Привет' } };
const noon = Date.parse(event.at);
const hour = 3_600_000;

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Через пять минут', en: 'After five minutes' },
    settings: { for: 'PT5M' },
    event,
    expect: { port: 'wait', wait: { due: noon + 300_000 } },
  },
  {
    title: { ru: 'До девяти утра следующего дня', en: 'Until nine the next morning' },
    settings: { until: '09:00' },
    event,
    expect: { port: 'wait', wait: { due: noon + 21 * hour } },
  },
  {
    title: { ru: 'Ровно в этот час — значит, завтра', en: 'At that very minute means tomorrow' },
    settings: { until: '12:00' },
    event,
    expect: { port: 'wait', wait: { due: noon + 24 * hour } },
  },
  {
    title: { ru: 'Время пришло', en: 'The time has come' },
    settings: { for: 'PT5M' },
    event,
    wake: { by: 'time' },
    expect: { port: 'next' },
  },
  { title: { ru: 'Без времени — ошибка', en: 'Without a time it fails' }, settings: {}, event, expect: { port: 'error' } },
];
