import type { Example } from '../../node-type.js';

export const examples: Example<Record<string, never>>[] = [
  {
    title: { ru: 'Беседа закрывается', en: 'The conversation is closed' },
    settings: {},
    event: { type: 'message-received', message: { text: 'Всё получил, до свидания' }, conversation: { id: 'v1', status: 'open' } },
    expect: { port: 'next', effects: [{ type: 'close-conversation' }] },
  },
  {
    title: { ru: 'Событие ни о ком', en: 'An event about nobody' },
    settings: {},
    event: { type: 'schedule-ticked' },
    expect: { port: 'error', effects: [] },
  },
];
