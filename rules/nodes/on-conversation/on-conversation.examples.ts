import type { Example } from '../../node-type.js';
import type { Settings } from './on-conversation.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Беседа открылась', en: 'A conversation opens' },
    settings: {},
    event: { type: 'conversation-opened', conversation: { id: 'v1', status: 'open' } },
    expect: { starts: true },
  },
  {
    title: { ru: 'Закрытие — другое событие', en: 'Closing is another event' },
    settings: { event: 'opened' },
    event: { type: 'conversation-closed', conversation: { id: 'v1', status: 'closed' } },
    expect: { starts: false },
  },
  {
    title: { ru: 'Беседа закрылась', en: 'A conversation closes' },
    settings: { event: 'closed' },
    event: { type: 'conversation-closed', conversation: { id: 'v1', status: 'closed' } },
    expect: { starts: true },
  },
];
