import type { Example } from '../../node-type.js';
import type { Settings } from './on-message.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Без настроек начинается с любого сообщения клиента', en: 'Without settings it starts on any message of a client' },
    settings: {},
    event: { type: 'message-received', message: { text: 'Привет' }, channel: { kind: 'telegram' } },
    expect: { starts: true },
  },
  {
    title: { ru: 'Исходящее не считается входящим', en: 'A sent message is not a received one' },
    settings: {},
    event: { type: 'message-sent', message: { text: 'Добрый день', origin: 'operator' } },
    expect: { starts: false },
  },
  {
    title: { ru: 'Только рассылки, что уходят клиентам', en: 'Only mailings that go out to clients' },
    settings: { direction: 'out', origins: ['mailing'] },
    event: { type: 'message-sent', message: { text: 'Скидки', origin: 'mailing' } },
    expect: { starts: true },
  },
  {
    title: { ru: 'Канал назван своим видом', en: 'A channel is named by its kind' },
    settings: { channels: ['vk', 'tg-2'] },
    event: { type: 'message-received', message: { text: 'Цена?' }, channel: { id: 'vk-7', kind: 'vk' } },
    expect: { starts: true },
  },
  {
    title: { ru: 'Другой канал не подходит', en: 'Another channel does not fit' },
    settings: { channels: ['vk', 'tg-2'] },
    event: { type: 'message-received', message: { text: 'Цена?' }, channel: { id: 'tg-1', kind: 'telegram' } },
    expect: { starts: false },
  },
  {
    title: { ru: 'Комментарии отдельно от Директа', en: 'Comments apart from direct messages' },
    settings: { surfaces: ['comments'] },
    event: {
      type: 'message-received',
      message: { kind: 'comment', text: 'Сколько?' },
      channel: { kind: 'instagram', surface: 'comments' },
    },
    expect: { starts: true },
  },
  {
    title: {
      ru: 'Чат без вида — личный, сообщение без вида — текст',
      en: 'A chat without a type is private, a message without a kind is text',
    },
    settings: { chats: ['private'], kinds: ['text'], surfaces: ['direct'], origins: ['client'] },
    event: { type: 'message-received', message: { text: 'Привет' } },
    expect: { starts: true },
  },
  {
    title: { ru: 'Группа не подходит под личную переписку', en: 'A group is no private chat' },
    settings: { chats: ['private'] },
    event: { type: 'message-received', message: { text: 'Привет' }, chat: { type: 'group', title: 'Совет дома' } },
    expect: { starts: false },
  },
  {
    title: { ru: 'Пропущенный звонок — не сообщение', en: 'A missed call is no message' },
    settings: { direction: 'any' },
    event: { type: 'call-missed', contact: { phone: '79996665544' } },
    expect: { starts: false },
  },
];
