import type { Example } from '../../node-type.js';
import type { Settings } from './notify.js';

const event = { type: 'message-received' as const, message: { text: 'Где заказ?' }, contact: { name: 'Анна' } };

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Ответственному, со словами клиента', en: 'To the responsible one, with the client’s words' },
    settings: { text: 'Пишет %NAME%: %TEXT%' },
    event,
    expect: { port: 'next', effects: [{ type: 'notify', to: ['responsible'], text: 'Пишет Анна: Где заказ?' }] },
  },
  {
    title: { ru: 'Сотруднику и всем', en: 'To a user and to everybody' },
    settings: { to: ['boris', 'all'], text: 'Новое сообщение' },
    event,
    expect: { port: 'next', effects: [{ type: 'notify', to: ['boris', 'all'], text: 'Новое сообщение' }] },
  },
  {
    title: { ru: 'Пустой текст не уходит', en: 'An empty text is not sent' },
    settings: { text: '%PHONE%' },
    event,
    expect: { port: 'next', effects: [] },
  },
];
