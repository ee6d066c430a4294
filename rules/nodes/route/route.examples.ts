import type { Example } from '../../node-type.js';
import type { Settings } from './route.js';

const settings: Settings = {
  rows: [
    { when: { channel: 'Комментарии' }, stage: 'Неразобранное', responsible: 'olga' },
    { when: { kind: 'instagram', surface: 'direct' }, pipeline: 'Опт', stage: 'Первичный контакт', tags: 'директ, %SOURCE%' },
  ],
  default: { pipeline: 'Воронка', stage: 'Новая', responsible: 'anna' },
};

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Строка названного канала; воронка — по умолчанию', en: 'The row of a named channel; the pipeline is the default’s' },
    settings,
    event: {
      type: 'message-received',
      message: { text: 'Цена?' },
      channel: { id: 'c2', name: 'Комментарии', kind: 'instagram', surface: 'comments' },
    },
    expect: {
      port: 'next',
      effects: [
        { type: 'set-stage', pipeline: 'Воронка', stage: 'Неразобранное' },
        { type: 'assign-responsible', user: 'olga' },
      ],
    },
  },
  {
    title: {
      ru: 'Строка вида и поверхности; ответственный — по умолчанию',
      en: 'The row of a kind and a surface; the responsible is the default’s',
    },
    settings,
    event: {
      type: 'message-received',
      message: { text: 'Цена?' },
      channel: { id: 'c1', name: 'Директ', kind: 'instagram', account: 'shop' },
    },
    expect: {
      port: 'next',
      effects: [
        { type: 'set-stage', pipeline: 'Опт', stage: 'Первичный контакт' },
        { type: 'assign-responsible', user: 'anna' },
        { type: 'add-tags', tags: ['директ', 'shop'] },
      ],
    },
  },
  {
    title: { ru: 'Третий канал идёт по умолчанию', en: 'A third channel goes by the default' },
    settings,
    event: { type: 'message-received', message: { text: 'Цена?' }, channel: { id: 'tg', kind: 'telegram' } },
    expect: {
      port: 'next',
      effects: [
        { type: 'set-stage', pipeline: 'Воронка', stage: 'Новая' },
        { type: 'assign-responsible', user: 'anna' },
      ],
    },
  },
  {
    title: { ru: 'Без строк и без «По умолчанию» задавать нечего', en: 'Without rows and a default there is nothing to set' },
    settings: {},
    event: { type: 'message-received', message: { text: 'Цена?' } },
    expect: { port: 'next', effects: [] },
  },
];
