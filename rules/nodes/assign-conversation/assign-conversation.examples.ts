import type { Example } from '../../node-type.js';
import type { Settings } from './assign-conversation.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Беседа переходит к сотруднику', en: 'The conversation goes to a user' },
    settings: { user: 'anna' },
    event: { type: 'message-received', message: { text: 'Привет' }, conversation: { id: 'v1', status: 'open' } },
    expect: { port: 'next', effects: [{ type: 'assign-conversation', user: 'anna' }] },
  },
  {
    title: { ru: 'Событие ни о ком', en: 'An event about nobody' },
    settings: { user: 'anna' },
    event: { type: 'schedule-ticked' },
    expect: { port: 'error', effects: [] },
  },
];
