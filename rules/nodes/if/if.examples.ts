import type { Example } from '../../node-type.js';
import type { Settings } from './if.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Регистр не важен', en: 'Letter case does not matter' },
    settings: { when: { field: 'message.text', op: 'contains', value: 'цена' } },
    event: { type: 'message-received', message: { text: 'Какая ЦЕНА?' } },
    expect: { port: 'yes' },
  },
  {
    title: { ru: 'Число и текст сравниваются как текст', en: 'A number and a text compare as text' },
    settings: { when: { field: 'conversation.number', op: 'in', value: ['5', 7] } },
    event: { type: 'message-received', conversation: { number: 5 } },
    expect: { port: 'yes' },
  },
  {
    title: { ru: 'Чего нет, то не равно ничему', en: 'What is missing equals nothing' },
    settings: {
      when: {
        all: [
          { field: 'contact.phone', op: 'ne', value: '7' },
          { field: 'contact.phone', op: 'empty' },
        ],
      },
    },
    event: { type: 'message-received', contact: { name: 'Анна' } },
    expect: { port: 'yes' },
  },
  {
    title: { ru: 'Метка среди тегов сделки', en: 'A tag among the deal’s tags' },
    settings: { when: { field: 'deal.tags', op: 'contains', value: 'VIP' } },
    event: { type: 'message-received', deal: { tags: ['vip', 'опт'] } },
    expect: { port: 'yes' },
  },
  {
    title: { ru: 'Граница слова и по-русски', en: 'A word boundary in Russian, too' },
    settings: { when: { field: 'message.text', op: 'matches', value: '\\bцен\\w+\\b' } },
    event: { type: 'message-received', message: { text: 'Какая уценка?' } },
    expect: { port: 'no' },
  },
  {
    title: { ru: 'Или одно, или другое, но не третье', en: 'One or the other, but not the third' },
    settings: {
      when: {
        all: [
          {
            any: [
              { field: 'channel.kind', op: 'eq', value: 'telegram' },
              { field: 'channel.kind', op: 'eq', value: 'vk' },
            ],
          },
          { not: { field: 'contact.bot', op: 'eq', value: true } },
        ],
      },
    },
    event: { type: 'message-received', channel: { kind: 'vk' }, contact: { bot: true } },
    expect: { port: 'no' },
  },
  {
    title: { ru: 'Переменная, заданная раньше', en: 'A variable set before' },
    settings: { when: { field: 'vars.ответ', op: 'starts', value: 'да' } },
    event: { type: 'message-received' },
    variables: { ответ: 'Да, жду' },
    expect: { port: 'yes' },
  },
  {
    title: { ru: 'Выражение вместо условия', en: 'An expression in place of a condition' },
    settings: { when: '$sum(vars.order.body.items.price) > 1000 and "vip" in deal.tags' },
    event: { type: 'message-received', deal: { tags: ['vip'] } },
    variables: { order: { status: 200, body: { items: [{ price: 700 }, { price: 400 }] } } },
    expect: { port: 'yes' },
  },
  {
    title: { ru: 'Выражению не из чего взять ответ: нет', en: 'An expression with nothing to ask says no' },
    settings: { when: 'vars.nothing' },
    event: { type: 'message-received' },
    expect: { port: 'no' },
  },
];
