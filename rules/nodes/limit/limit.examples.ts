import type { Example } from '../../node-type.js';
import type { Settings } from './limit.js';

/** 12:00 in Moscow. */
const event = { type: 'message-received' as const, at: '2026-03-02T09:00:00Z', message: { text: 'Привет' }, contact: { id: '42' } };
const noon = Date.parse(event.at);
const hour = 3_600_000;
const counters = (...instants: number[]) => ({ counters: { 'example/node': instants } });

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Первое сообщение за день', en: 'The first message of the day' },
    settings: {},
    event,
    expect: { port: 'under', counted: [noon] },
  },
  {
    title: { ru: 'Второе за день — сверх', en: 'The second of the day is over' },
    settings: { count: 1, per: 'day' },
    event,
    memory: counters(noon - 12 * hour),
    expect: { port: 'over' },
  },
  {
    title: { ru: 'День начался в полночь по Москве', en: 'The day began at midnight in Moscow' },
    settings: { count: 1, per: 'day' },
    event,
    memory: counters(noon - 12 * hour - 1),
    expect: { port: 'under', counted: [noon] },
  },
  {
    title: { ru: 'В другом поясе день другой', en: 'In another zone the day is another' },
    settings: { count: 1, per: 'day', timezone: 'Asia/Vladivostok' },
    event,
    memory: counters(noon - 19 * hour - 1, noon - 19 * hour),
    expect: { port: 'over' },
  },
  {
    title: { ru: 'Ровно час назад уже не считается', en: 'Exactly an hour ago no longer counts' },
    settings: { count: 2, per: 'PT1H' },
    event,
    memory: counters(noon - hour, noon - 1),
    expect: { port: 'under', counted: [noon - 1, noon] },
  },
  {
    title: { ru: 'Двое за последний час — третье сверх', en: 'Two in the last hour: the third is over' },
    settings: { count: 2, per: 'PT1H' },
    event,
    memory: counters(noon - hour + 1, noon),
    expect: { port: 'over' },
  },
];
