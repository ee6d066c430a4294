import { CronExpressionParser } from 'cron-parser';
import type { Bilingual } from '../bilingual.js';

/** Wall clock times that a cron line names. Each list ascends; days of the week are 0 (Sunday) to 6. */
export interface Cron {
  seconds: readonly number[];
  minutes: readonly number[];
  hours: readonly number[];
  days: readonly number[];
  months: readonly number[];
  weekdays: readonly number[];
  /** Both day fields are restricted, so a day needs to be in one of them only. */
  eitherDay: boolean;
}

/**
 * Reads a cron line of 5 fields (minute, hour, day, month, day of the week) or 6 (seconds first), or a name as `@daily`.
 * Months and days of the week may be names (`jan`, `mon`), Sunday is 0 and 7. As in Vixie cron a day field that begins with an
 * asterisk (`*` and its steps) restricts nothing by itself: with it a day must be in both fields, without it in either.
 * What goes beyond Vixie cron (`L`, `W`, `#`, `?`, `H`) is refused, `5/15` is 5-59/15 as the library reads it.
 */
export function parseCron(source: string): { cron: Cron } | { problem: Bilingual } {
  const text = source.trim().toLowerCase();
  if (text.startsWith('@')) return parseName(text);
  const parts = text.split(/\s+/);
  if (parts.length !== 5 && parts.length !== 6) {
    return {
      problem: {
        ru: 'Расписание — 5 полей через пробел: минута, час, число, месяц, день недели; секунды, если нужны, стоят перед ними',
        en: 'A schedule is 5 fields with spaces between them: minute, hour, day, month, day of the week; seconds, if any, stand first',
      },
    };
  }
  const read = fields.map((field, place) => readField(field, parts.at(place - fields.length) ?? '0'));
  const wrong = read.find((field) => 'problem' in field);
  if (wrong) return wrong;
  const [seconds = [], minutes = [], hours = [], days = [], months = [], weekdays = []] = read.map((field) =>
    'values' in field ? field.values : [],
  );
  const [day = '', , weekday = ''] = parts.slice(-3);
  return { cron: { seconds, minutes, hours, days, months, weekdays, eitherDay: !day.startsWith('*') && !weekday.startsWith('*') } };
}

function parseName(name: string): ReturnType<typeof parseCron> {
  const line = names[name];
  if (line !== undefined) return parseCron(line);
  const known = Object.keys(names).join(', ');
  return { problem: { ru: `Расписания «${name}» нет; есть ${known}`, en: `There is no schedule “${name}”; there are ${known}` } };
}

const names: Record<string, string> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

interface Field {
  name: Bilingual;
  /** The values that it takes, for a message. */
  range: string;
  /** Reads one part of its list. @throws Error when the part is none */
  read: (part: string) => readonly unknown[];
}

/** One part is read at a time, in a line that restricts nothing else, so that a mistake is told where it stands. */
const parse = (line: string) => CronExpressionParser.parse(line, { tz: 'UTC' }).fields;

const fields: readonly Field[] = [
  { name: { ru: 'секунды', en: 'second' }, range: '0-59', read: (part) => parse(`${part} * * * * *`).second.values },
  { name: { ru: 'минуты', en: 'minute' }, range: '0-59', read: (part) => parse(`0 ${part} * * * *`).minute.values },
  { name: { ru: 'часы', en: 'hour' }, range: '0-23', read: (part) => parse(`0 0 ${part} * * *`).hour.values },
  { name: { ru: 'число', en: 'day' }, range: '1-31', read: (part) => parse(`0 0 0 ${part} * *`).dayOfMonth.values },
  { name: { ru: 'месяц', en: 'month' }, range: '1-12, jan-dec', read: (part) => parse(`0 0 0 1 ${part} *`).month.values },
  {
    name: { ru: 'день недели', en: 'day of the week' },
    range: '0-7, sun-sat',
    read: (part) => parse(`0 0 0 * * ${part}`).dayOfWeek.values,
  },
];

function readField(field: Field, text: string): { values: number[] } | { problem: Bilingual } {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const found = readPart(field, part);
    if (!found) {
      return {
        problem: {
          ru: `В поле «${field.name.ru}» не читается «${part}»: бывает ${field.range}, *, промежуток 1-5, шаг */2 и перечень через запятую`,
          en: `The field “${field.name.en}” cannot hold “${part}”: it takes ${field.range}, *, a range 1-5, a step */2 and a list with commas`,
        },
      };
    }
    for (const value of found) values.add(field.range.startsWith('0-7') ? Number(value) % 7 : Number(value));
  }
  return { values: [...values].sort((one, other) => one - other) };
}

function readPart(field: Field, part: string): readonly unknown[] | undefined {
  if (!/^(?:\*|(?:\d{1,2}|[a-z]{3})(?:-(?:\d{1,2}|[a-z]{3}))?)(?:\/\d{1,3})?$/.test(part)) return undefined;
  try {
    return field.read(part);
  } catch {
    return undefined;
  }
}
