import type { Example } from '../../node-type.js';
import type { Settings } from './emoji-filter.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Один смайлик отсеивается', en: 'A single emoji is filtered' },
    settings: {},
    event: { type: 'message-received', message: { text: '😊' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Семья, флаг, клавиша и тон кожи — тоже смайлики', en: 'A family, a flag, a key and a skin tone are emoji, too' },
    settings: {},
    event: { type: 'message-received', message: { text: '👨‍👩‍👧 🇷🇺\n5️⃣👍🏽❤' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Со словом проходит', en: 'With a word it passes' },
    settings: {},
    event: { type: 'message-received', message: { text: 'Привет 😊' } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Цифры — не смайлики', en: 'Digits are no emoji' },
    settings: {},
    event: { type: 'message-received', message: { text: '10' } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Пустой текст проходит', en: 'An empty text passes' },
    settings: {},
    event: { type: 'message-received', message: { kind: 'voice' } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Картинка со смайликом в подписи проходит', en: 'A picture with an emoji as its caption passes' },
    settings: {},
    event: { type: 'message-received', message: { kind: 'image', text: '😊', attachments: [{ type: 'image' }] } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Ответ оператора проходит', en: 'An operator’s answer passes' },
    settings: {},
    event: { type: 'message-sent', message: { text: '😊', origin: 'operator' } },
    expect: { port: 'pass' },
  },
];
