import type { Example } from '../../node-type.js';
import type { Settings } from './word-filter.js';

const received = (text: string) => ({ type: 'message-received' as const, message: { text } });

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Нужное слово внутри другого: сообщение проходит', en: 'A wanted word inside another one: the message passes' },
    settings: { mode: 'only', patterns: '*куп* цена' },
    event: received('Я на счёт покупки'),
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Ни одного нужного слова', en: 'None of the wanted words' },
    settings: { mode: 'only', patterns: '*куп* цена' },
    event: received('Привет'),
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Подпись к картинке тоже текст', en: 'A caption is text, too' },
    settings: { mode: 'except', patterns: 'реклам*' },
    event: { type: 'message-received', message: { kind: 'image', text: 'Реклама', attachments: [{ type: 'image' }] } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Чужая рассылка не попадёт в CRM', en: 'Somebody’s mailing stays out of the CRM' },
    settings: { mode: 'except', patterns: 'пропускаем' },
    event: { type: 'message-sent', message: { text: 'Не пропускаем скидки', origin: 'phone' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'В режиме «все» слова не важны', en: 'In the mode “all” words do not matter' },
    settings: { mode: 'all', patterns: 'реклам*' },
    event: received('Реклама'),
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Упоминания не смотрятся', en: 'Mentions are not looked at' },
    settings: { mode: 'except', patterns: 'i2crm' },
    event: received('@i2crm спасибо'),
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Голосовое без слов под нужные слова не подходит', en: 'A voice message holds none of the wanted words' },
    settings: { mode: 'only', patterns: 'цена' },
    event: { type: 'message-received', message: { kind: 'voice' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Пустой список ничего не отсеивает', en: 'An empty list filters nothing' },
    settings: { mode: 'only', patterns: '' },
    event: received('Привет'),
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Событие без сообщения проходит', en: 'An event without a message passes' },
    settings: { mode: 'only', patterns: 'цена' },
    event: { type: 'call-missed' },
    expect: { port: 'pass' },
  },
];
