import type { Example } from '../../node-type.js';
import type { Settings } from './time-window.js';

const at = (instant: string) => ({ type: 'message-received' as const, at: instant, message: { text: 'Есть кто?' } });

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Ночь через полночь: 23:10 внутри', en: 'A night over midnight: 23:10 is inside' },
    settings: { from: '22:00', to: '08:00' },
    event: at('2026-03-02T23:10:00+03:00'),
    expect: { port: 'inside' },
  },
  {
    title: { ru: 'Конец не входит: ровно в 08:00 уже снаружи', en: 'The end is not in it: 08:00 sharp is outside' },
    settings: { from: '22:00', to: '08:00' },
    event: at('2026-03-03T08:00:00+03:00'),
    expect: { port: 'outside' },
  },
  {
    title: { ru: 'Пятничная ночь продолжается в субботу', en: 'Friday’s night goes on on Saturday' },
    settings: { from: '22:00', to: '06:00', days: [5] },
    event: at('2026-03-07T05:59:59+03:00'),
    expect: { port: 'inside' },
  },
  {
    title: { ru: 'Субботним вечером пятничного окна нет', en: 'On Saturday evening there is no Friday window' },
    settings: { from: '22:00', to: '06:00', days: [5] },
    event: at('2026-03-07T22:30:00+03:00'),
    expect: { port: 'outside' },
  },
  {
    title: { ru: 'Равные концы — круглые сутки', en: 'Equal ends are round the clock' },
    settings: { from: '00:00', to: '00:00' },
    event: at('2026-03-02T12:00:00Z'),
    expect: { port: 'inside' },
  },
  {
    title: { ru: 'Обеденный перерыв между промежутками', en: 'A lunch break between intervals' },
    settings: {
      intervals: [
        ['09:00', '13:00'],
        ['14:00', '18:00'],
      ],
    },
    event: at('2026-03-02T13:30:00+03:00'),
    expect: { port: 'outside' },
  },
  {
    title: { ru: 'В праздник закрыто', en: 'Closed on a holiday' },
    settings: { from: '09:00', to: '18:00', dates: { '2026-01-01': 'closed' } },
    event: at('2026-01-01T12:00:00+03:00'),
    expect: { port: 'outside' },
  },
  {
    title: { ru: 'Рабочая суббота со своими часами', en: 'A working Saturday with hours of its own' },
    settings: { from: '09:00', to: '18:00', days: [1, 2, 3, 4, 5], dates: { '2026-03-07': [['10:00', '15:00']] } },
    event: at('2026-03-07T11:00:00+03:00'),
    expect: { port: 'inside' },
  },
  {
    title: { ru: 'Сервер в UTC, правило по Москве', en: 'A server on UTC, a rule on Moscow time' },
    settings: { from: '09:00', to: '18:00' },
    event: at('2026-03-02T07:30:00Z'),
    expect: { port: 'inside' },
  },
  {
    title: { ru: 'Свой часовой пояс шага', en: 'The step’s own time zone' },
    settings: { from: '09:00', to: '18:00', timezone: 'Asia/Kamchatka' },
    event: at('2026-03-02T07:30:00Z'),
    expect: { port: 'outside' },
  },
];
