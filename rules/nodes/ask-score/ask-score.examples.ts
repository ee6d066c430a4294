import type { Example } from '../../node-type.js';
import type { Settings } from './ask-score.js';

const event = { at: '2026-03-02T09:00:00Z', contact: { id: '7', name: 'Анна' } };
const says = (text: string) => ({ ...event, message: { text } });
const noon = Date.parse(event.at);
const question = 'Оцените нашу работу от 0 до 10';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Вопрос уходит клиенту', en: 'The question goes to the client' },
    settings: { question },
    event: { ...event, type: 'conversation-closed' },
    expect: {
      port: 'wait',
      effects: [{ type: 'send-message', text: question }],
      wait: { due: noon + 86_400_000, for: 'reply', unlessPending: { key: 'pending' } },
    },
  },
  {
    title: { ru: 'Десятка и спасибо', en: 'A ten, and thanks' },
    settings: { question, thanks: { promoter: 'Спасибо, %NAME%!' } },
    event: says('ставлю 10!'),
    wake: { by: 'reply' },
    expect: {
      port: 'promoter',
      effects: [
        { type: 'record-score', score: 10, scale: '0-10', bucket: 'promoter' },
        { type: 'send-message', text: 'Спасибо, Анна!' },
      ],
    },
  },
  {
    title: { ru: 'Семёрка словом', en: 'A seven as a word' },
    settings: { question },
    event: says('семь'),
    wake: { by: 'reply' },
    expect: { port: 'passive', effects: [{ type: 'record-score', score: 7, scale: '0-10', bucket: 'passive' }] },
  },
  {
    title: { ru: 'Палец вниз на шкале 0-1', en: 'A thumb down on 0-1' },
    settings: { question, scale: '0-1' },
    event: says('👎'),
    wake: { by: 'reply' },
    expect: { port: 'detractor', effects: [{ type: 'record-score', score: 0, scale: '0-1', bucket: 'detractor' }] },
  },
  {
    title: { ru: 'Непонятный ответ: переспросить', en: 'An unclear answer: ask again' },
    settings: { question, again: 'Одно число, пожалуйста' },
    event: says('не знаю'),
    wake: { by: 'reply' },
    expect: { port: 'ignored', effects: [{ type: 'send-message', text: 'Одно число, пожалуйста' }] },
  },
  {
    title: { ru: 'Клиент не ответил', en: 'The client did not answer' },
    settings: { question },
    event: says(''),
    wake: { by: 'time' },
    expect: { port: 'timeout' },
  },
];
