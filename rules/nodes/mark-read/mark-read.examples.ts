import type { Example } from '../../node-type.js';

export const examples: Example<Record<string, never>>[] = [
  {
    title: { ru: 'Сообщение отмечается прочитанным', en: 'The message is marked read' },
    settings: {},
    event: { type: 'message-received', message: { text: 'Привет' }, conversation: { id: 'v1', status: 'open' } },
    expect: { port: 'next', effects: [{ type: 'mark-read' }] },
  },
  {
    title: { ru: 'Событие ни о ком', en: 'An event about nobody' },
    settings: {},
    event: { type: 'schedule-ticked' },
    expect: { port: 'error', effects: [] },
  },
];
