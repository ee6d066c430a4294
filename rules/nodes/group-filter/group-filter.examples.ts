import type { Example } from '../../node-type.js';
import type { Settings } from './group-filter.js';

const message = { text: 'Всем привет' };
const kotiki = { type: 'group' as const, id: '-1001234567890', name: 'kotiki', title: 'Котики' };

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Группа Telegram названа без t.me', en: 'A Telegram group named without t.me' },
    settings: { mode: 'allow', list: ['kotiki'] },
    event: { type: 'message-received', message, channel: { kind: 'telegram' }, chat: kotiki },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Белый список отсеивает другие группы', en: 'An allow list filters other groups' },
    settings: { mode: 'allow', list: ['kotiki'] },
    event: { type: 'message-received', message, channel: { kind: 'telegram' }, chat: { type: 'group', name: 'sobaki', title: 'Собаки' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Ссылка называет ту же группу', en: 'A link names the same group' },
    settings: { list: ['https://t.me/Kotiki'] },
    event: { type: 'message-received', message, channel: { kind: 'telegram' }, chat: kotiki },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Ссылка на сообщение закрытой группы называет её ID', en: 'A link to a message of a closed group names its id' },
    settings: { list: ['https://t.me/c/1234567890/15'] },
    event: { type: 'message-received', message, channel: { kind: 'telegram' }, chat: kotiki },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Группа WhatsApp по названию', en: 'A WhatsApp group by its title' },
    settings: { list: ['Совет дома'] },
    event: { type: 'message-received', message, channel: { kind: 'whatsapp' }, chat: { type: 'group', title: 'Совет  дома' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Группы, которой нет в черном списке, он не касается', en: 'A block list leaves other groups alone' },
    settings: { list: ['Совет дома'] },
    event: { type: 'message-received', message, channel: { kind: 'whatsapp' }, chat: { type: 'group', title: 'Общий чат' } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Личная переписка проходит всегда', en: 'A private chat always passes' },
    settings: { mode: 'allow', list: ['kotiki'] },
    event: { type: 'message-received', message, chat: { type: 'private', name: 'anna' } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Пустой список пропускает все группы', en: 'An empty list passes all groups' },
    settings: { mode: 'allow' },
    event: { type: 'message-received', message, chat: kotiki },
    expect: { port: 'pass' },
  },
];
