import type { Example } from '../../node-type.js';
import type { Settings } from './on-subscribed.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Подписка в сообществе ВКонтакте', en: 'A subscription in a VK community' },
    settings: { channels: ['vk'] },
    event: { type: 'contact-subscribed', contact: { id: '42' }, channel: { id: 'vk-7', kind: 'vk' } },
    expect: { starts: true },
  },
  {
    title: { ru: 'Подписка на другом канале', en: 'A subscription on another channel' },
    settings: { channels: ['vk'] },
    event: { type: 'contact-subscribed', contact: { id: '42' }, channel: { id: 'tg-1', kind: 'telegram' } },
    expect: { starts: false },
  },
  {
    title: { ru: 'Первое сообщение — ещё не подписка', en: 'A first message is no subscription yet' },
    settings: {},
    event: { type: 'message-received', message: { text: 'Привет' } },
    expect: { starts: false },
  },
];
