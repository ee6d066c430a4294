import type { Example } from '../../node-type.js';
import type { Settings } from './reply.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Ответ с именем клиента', en: 'An answer with the client’s name' },
    settings: { text: 'Здравствуйте, %NAME%. Ответим утром.' },
    event: { type: 'message-received', message: { text: 'Есть кто?' }, contact: { name: 'Анна' } },
    expect: { port: 'next', effects: [{ type: 'send-message', text: 'Здравствуйте, Анна. Ответим утром.' }] },
  },
  {
    title: { ru: 'Имени нет: на его месте пусто', en: 'There is no name: its place is empty' },
    settings: { text: 'Здравствуйте%NAME%.' },
    event: { type: 'message-received', message: { text: 'Есть кто?' } },
    expect: { port: 'next', effects: [{ type: 'send-message', text: 'Здравствуйте.' }] },
  },
  {
    title: { ru: 'Слова клиента не становятся подстановкой', en: 'A client’s words never become a substitution' },
    settings: { text: 'Вы написали: %TEXT%' },
    event: { type: 'message-received', message: { text: '{{а;б}} %NAME% ${x}' }, contact: { name: 'Анна' } },
    expect: { port: 'next', effects: [{ type: 'send-message', text: 'Вы написали: {{а;б}} %NAME% ${x}' }] },
  },
  {
    title: { ru: 'С вложением текст не обязателен', en: 'With an attachment no text is needed' },
    settings: { attachments: [{ type: 'file', url: 'https://example.org/price.pdf', name: 'Прайс' }] },
    event: { type: 'message-received', message: { text: 'Прайс?' } },
    expect: {
      port: 'next',
      effects: [{ type: 'send-message', text: '', attachments: [{ type: 'file', url: 'https://example.org/price.pdf', name: 'Прайс' }] }],
    },
  },
  {
    title: { ru: 'Скрытый ответ — примечание для операторов', en: 'A hidden answer is a note for operators' },
    settings: { text: 'Клиент из %SOURCENAME%', hidden: true },
    event: { type: 'message-received', message: { text: 'Привет' }, channel: { name: 'Телеграм Мебель' } },
    expect: { port: 'next', effects: [{ type: 'add-note', text: 'Клиент из Телеграм Мебель' }] },
  },
  {
    title: { ru: 'Пустой текст не отправляется', en: 'An empty text is not sent' },
    settings: { text: ' %NAME% ' },
    event: { type: 'message-received', message: { text: 'Привет' } },
    expect: { port: 'next', effects: [] },
  },
  {
    title: { ru: 'Отвечать некому', en: 'There is nobody to answer' },
    settings: { text: 'Добрый день' },
    event: { type: 'schedule-ticked' },
    expect: { port: 'error', effects: [] },
  },
];
