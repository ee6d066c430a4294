import type { Example } from '../../node-type.js';

export const examples: Example<Record<string, never>>[] = [
  {
    title: { ru: 'На «спасибо» отвечать не нужно', en: 'A thank-you needs no reply' },
    settings: {},
    event: { type: 'message-received', message: { text: 'Спасибо!' }, conversation: { id: 'v1', status: 'open' } },
    expect: { port: 'next', effects: [{ type: 'no-reply-needed' }] },
  },
  {
    title: { ru: 'Событие ни о ком', en: 'An event about nobody' },
    settings: {},
    event: { type: 'schedule-ticked' },
    expect: { port: 'error', effects: [] },
  },
];
