import type { Example } from '../../node-type.js';
import type { Settings } from './add-note.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Дата и время по часам графа', en: 'Date and time by the graph’s clock' },
    settings: { text: 'Написал %DATE% в %TIME%' },
    event: { type: 'message-received', at: '2026-03-02T20:10:00Z', message: { text: 'Привет' } },
    expect: { port: 'next', effects: [{ type: 'add-note', text: 'Написал 02.03.2026 в 23:10' }] },
  },
  {
    title: { ru: 'Неизвестная подстановка остаётся как есть', en: 'An unknown substitution stays as it is' },
    settings: { text: 'Скидка %SALE% от %CITY%' },
    event: { type: 'message-received', message: { text: 'Привет' } },
    expect: { port: 'next', effects: [{ type: 'add-note', text: 'Скидка %SALE% от %CITY%' }] },
  },
  {
    title: { ru: 'Примечание оставить негде', en: 'There is nowhere to leave a note' },
    settings: { text: 'Пора' },
    event: { type: 'schedule-ticked' },
    expect: { port: 'error', effects: [] },
  },
];
