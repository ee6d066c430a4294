import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import type { Finding } from '../../finding.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { clockEndField, clockField, intervalsField, zoneField } from '../../settings/fields.js';
import { refuse } from '../../settings/refuse.js';
import { isDate } from '../../time/instant.js';
import { canOpen, compileHours, type WeekHours } from '../../time/week-hours.js';
import { zoneName } from '../../time/zone-name.js';
import { examples } from './time-window.examples.js';
import { weekdayNames } from '../../time/weekday-names.js';

const fields = z.strictObject({
  from: clockField.optional().meta({ label: { ru: 'С', en: 'From' }, placeholder: { ru: '22:00', en: '22:00' }, widget: 'clock' }),
  to: clockEndField.optional().meta({
    label: { ru: 'До', en: 'To' },
    help: {
      ru: 'Раньше начала — через полночь, равно началу — круглые сутки',
      en: 'Before the start: over midnight; equal to it: round the clock',
    },
    placeholder: { ru: '08:00', en: '08:00' },
    widget: 'clock',
  }),
  intervals: intervalsField.optional().meta({
    label: { ru: 'Промежутки', en: 'Intervals' },
    help: { ru: 'Вместо «С» и «До», если их несколько', en: 'Instead of “From” and “To” where there are several' },
    widget: 'intervals',
  }),
  days: z
    .array(z.int().min(1).max(7))
    .optional()
    .meta({
      label: { ru: 'Дни недели', en: 'Days of the week' },
      help: { ru: 'День, в который промежуток начался; пусто — все', en: 'The day on which an interval begins; empty means all' },
      widget: 'weekdays',
    }),
  dates: z
    .record(z.string(), z.union([z.literal('closed'), intervalsField]))
    .superRefine((dates, context) => {
      for (const date of Object.keys(dates)) {
        const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
        if (day !== undefined && isDate(Number(year), Number(month), Number(day))) continue;
        refuse(context, { ru: `Даты «${date}» нет: нужен вид 2026-01-01`, en: `There is no date “${date}”: it is written as 2026-01-01` }, [
          date,
        ]);
      }
    })
    .optional()
    .meta({
      label: { ru: 'Особые даты', en: 'Special dates' },
      help: {
        ru: 'Праздник без часов или свои часы, какой бы ни был день недели',
        en: 'No hours, or hours of its own, whatever the day of the week',
      },
      widget: 'dates',
    }),
  timezone: zoneField.optional().meta({
    label: { ru: 'Часовой пояс', en: 'Time zone' },
    help: { ru: 'Пусто — пояс всего графа', en: 'Empty means the graph’s own' },
    widget: 'zone',
  }),
});
const settings = fields.meta({ overview: 'hours' });
export type Settings = z.input<typeof settings>;
type Window = z.output<typeof settings>;

/** Chooses the way by the clock of a zone. */
export const timeWindow = defineNode({
  type: 'time-window',
  family: 'choice',
  icon: 'IconClock',
  title: { ru: 'Время', en: 'Time window' },
  description: { ru: 'Разводит по часам, дням недели и датам', en: 'Parts by hours, days of the week and dates' },
  settings,
  ports: ['inside', 'outside'],
  portLabels: { inside: { ru: 'в это время', en: 'inside' }, outside: { ru: 'в другое время', en: 'outside' } },
  reasons: {
    inside: { ru: 'сейчас это время: {hours} ({zone})', en: 'it is that time now: {hours} ({zone})' },
    outside: { ru: 'сейчас другое время или день, не {hours} ({zone})', en: 'it is another time or day now, not {hours} ({zone})' },
    'date-inside': { ru: 'у этой даты свои часы, и они идут ({zone})', en: 'this date has its own hours, and they are on ({zone})' },
    'date-outside': {
      ru: 'у этой даты свои часы, и они не идут ({zone})',
      en: 'this date has its own hours, and they are not on ({zone})',
    },
  },
  expectedPorts: ['inside'],
  summary(window, timezone) {
    const hours = describeHours(window);
    const zone = zoneName(window.timezone ?? timezone);
    return { ru: `Если сейчас ${hours.ru}, ${zone.ru}`, en: `If it is ${hours.en}, ${zone.en}` };
  },
  check(window) {
    const findings: Finding[] = [];
    if (!canOpen(toHours(window))) findings.push(neverOpens);
    if (window.intervals && (window.from !== undefined || window.to !== undefined)) findings.push(twoWays);
    return findings;
  },
  claims(window, { timezone }) {
    const hours = toHours(window);
    const zone = window.timezone ?? timezone;
    return (port) => [[{ kind: 'hours', hours, zone, holds: port === 'inside' }]];
  },
  compile(window, context) {
    const zone = window.timezone ?? context.timezone;
    const stateAt = compileHours(toHours(window), zone);
    // Nothing in a reason depends on the message, so each answer is made once.
    const values = { hours: clockHours(window), zone };
    const answer = (go: 'inside' | 'outside', key: string): Outcome => ({ go, because: { key, values } });
    const usual = { inside: answer('inside', 'inside'), outside: answer('outside', 'outside') };
    const dated = { inside: answer('inside', 'date-inside'), outside: answer('outside', 'date-outside') };
    return ({ now }) => {
      const state = stateAt(now);
      const answers = state.dated ? dated : usual;
      return state.inside ? answers.inside : answers.outside;
    };
  },
  examples,
});

function toHours({ from, to, intervals, days, dates }: Window): WeekHours {
  return { intervals: intervals ?? [[from ?? '00:00', to ?? '00:00']], days: days ?? [1, 2, 3, 4, 5, 6, 7], dates: dates ?? {} };
}

/** The hours without words, for a trace: `09:00–13:00, 14:00–18:00`. */
function clockHours(window: Window): string {
  return toHours(window)
    .intervals.map(([from, to]) => (from === to ? '00:00–24:00' : `${from}–${to}`))
    .join(', ');
}

function describeHours(window: Window): Bilingual {
  const { intervals, days } = toHours(window);
  const clock = intervals.map(([from, to]) => (from === to ? undefined : `${from}–${to}`));
  const narrowed = new Set(days).size < 7;
  const dates = Object.keys(window.dates ?? {}).length;
  const names = [...new Set(days)].sort((a, b) => a - b);
  const join = (language: keyof Bilingual, whole: string, none: string) => {
    const hours = intervals.length === 0 ? none : clock.map((text) => text ?? whole).join(', ');
    const week = names.map((day) => weekdayNames[day - 1]![language]).join(', ');
    return narrowed ? `${hours}; ${week || none}` : hours;
  };
  return {
    ru: join('ru', 'весь день', 'никогда') + (dates > 0 ? `; особых дат: ${dates}` : ''),
    en: join('en', 'the whole day', 'never') + (dates > 0 ? `; special dates: ${dates}` : ''),
  };
}

const neverOpens: Finding = {
  code: 'window-never-opens',
  severity: 'warning',
  text: {
    ru: 'Это время не наступает никогда: нет ни одного дня или промежутка',
    en: 'This time never comes: there is no day or no interval',
  },
  mend: { ru: 'Выберите дни недели и часы', en: 'Choose days of the week and hours' },
};

const twoWays: Finding = {
  code: 'window-two-ways',
  severity: 'warning',
  path: 'intervals',
  text: {
    ru: 'Заданы и промежутки, и «С»–«До»: действуют промежутки',
    en: 'Both intervals and “From”–“To” are given: the intervals count',
  },
  mend: { ru: 'Оставьте что-то одно', en: 'Keep one of the two' },
};
