import type { Example } from '../../node-type.js';
import type { Settings } from './on-schedule.js';

const after = (at: string) => ({ type: 'schedule-ticked' as const, at });

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'По будням в девять', en: 'Nine o’clock on working days' },
    settings: { cron: '0 9 * * 1-5' },
    event: after('2026-03-06T09:00:00+03:00'),
    expect: { next: '2026-03-09T06:00:00Z' },
  },
  {
    title: { ru: 'Первое число или понедельник', en: 'The first of the month or a Monday' },
    settings: { cron: '0 9 1 * mon', timezone: 'UTC' },
    event: after('2026-02-27T00:00:00Z'),
    expect: { next: '2026-03-01T09:00:00Z' },
  },
  {
    title: { ru: 'Пропущенный час — в момент перевода часов', en: 'A skipped hour: when the clock goes on' },
    settings: { cron: '30 2 * * *', timezone: 'Europe/Berlin' },
    event: after('2026-03-28T12:00:00Z'),
    expect: { next: '2026-03-29T01:00:00Z' },
  },
  {
    title: { ru: 'С секундами', en: 'With seconds' },
    settings: { cron: '30 0 9 * * *' },
    event: after('2026-03-02T20:10:00Z'),
    expect: { next: '2026-03-03T06:00:30Z' },
  },
  {
    title: { ru: '30 февраля не бывает', en: 'There is no 30 February' },
    settings: { cron: '0 9 30 2 *' },
    event: after('2026-03-02T20:10:00Z'),
    expect: {},
  },
];
