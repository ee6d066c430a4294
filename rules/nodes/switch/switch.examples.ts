import type { Example } from '../../node-type.js';
import type { Settings } from './switch.js';

const cases = [
  { in: ['telegram', 'vk'], port: 'chats' },
  { in: ['avito'], port: 'ads' },
];

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Вид канала из первого варианта', en: 'A channel kind of the first case' },
    settings: { field: 'channel.kind', cases },
    event: { type: 'message-received', channel: { kind: 'VK' } },
    expect: { port: 'chats' },
  },
  {
    title: { ru: 'Значения нет среди вариантов', en: 'No case holds the value' },
    settings: { field: 'channel.kind', cases },
    event: { type: 'message-received', channel: { kind: 'webhook' } },
    expect: { port: 'default' },
  },
  {
    title: { ru: 'Значения нет вовсе', en: 'There is no value at all' },
    settings: { field: 'deal.stage', cases: [{ in: ['Новая'], port: 'new' }] },
    event: { type: 'message-received' },
    expect: { port: 'default' },
  },
  {
    title: { ru: 'Буквы из двух знаков равны тем же одним', en: 'Letters of two characters equal the same ones of one' },
    settings: { field: 'message.text', cases: [{ in: ['й'], port: 'letter' }] },
    event: { type: 'message-received', message: { text: 'И\u0306' } },
    expect: { port: 'letter' },
  },
  {
    title: { ru: 'Длинный текст не равен короткому', en: 'A long text equals no short one' },
    settings: { field: 'message.text', cases: [{ in: ['9', '10'], port: 'score' }] },
    event: { type: 'message-received', message: { text: '10 минут жду ответа' } },
    expect: { port: 'default' },
  },
  {
    title: { ru: 'Число равно своему тексту', en: 'A number equals its text' },
    settings: { field: 'conversation.number', cases: [{ in: ['5'], port: 'fifth' }] },
    event: { type: 'message-received', conversation: { number: 5 } },
    expect: { port: 'fifth' },
  },
];
