import type { Example } from '../../node-type.js';
import type { Settings } from './kind-filter.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Ответы на истории не нужны', en: 'Story replies are not wanted' },
    settings: { list: ['story-reply', 'story-mention'] },
    event: { type: 'message-received', message: { kind: 'story-reply', text: 'Класс' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Остальное проходит', en: 'All else passes' },
    settings: { list: ['story-reply', 'story-mention'] },
    event: { type: 'message-received', message: { kind: 'image' } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Сообщение без вида — текст', en: 'A message without a kind is text' },
    settings: { mode: 'allow', list: ['text', 'voice'] },
    event: { type: 'message-received', message: { text: 'Привет' } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Белый список отсеивает остальное', en: 'An allow list filters all else' },
    settings: { mode: 'allow', list: ['text', 'voice'] },
    event: { type: 'message-received', message: { kind: 'sticker' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Событие без сообщения проходит', en: 'An event without a message passes' },
    settings: { mode: 'allow', list: ['text'] },
    event: { type: 'call-missed', contact: { phone: '79996665544' } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Пустой список пропускает всё', en: 'An empty list passes everything' },
    settings: { mode: 'allow' },
    event: { type: 'message-received', message: { kind: 'sticker' } },
    expect: { port: 'pass' },
  },
];
