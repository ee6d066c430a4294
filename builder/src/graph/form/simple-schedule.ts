/** A schedule that a form can draw: one time of the day on some days of the week. */
export interface SimpleSchedule {
  /** HH:MM */
  time: string;
  /** Monday 1 to Sunday 7; all seven where none is named. */
  days: readonly number[];
}

const everyDay: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** Reads a cron line; undefined for one that says more than a time and days of the week. */
export function readSchedule(line: string): SimpleSchedule | undefined {
  const [, minute, hour, weekdays] = /^(\d{1,2}) (\d{1,2}) \* \* (\*|[0-7](?:[-,][0-7])*)$/.exec(line.trim().replace(/\s+/g, ' ')) ?? [];
  if (minute === undefined || hour === undefined || weekdays === undefined || Number(minute) > 59 || Number(hour) > 23) return undefined;
  const days = weekdays === '*' ? everyDay : readDays(weekdays);
  return days && { time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`, days };
}

/** The cron line of a schedule. */
export function writeSchedule({ time, days }: SimpleSchedule): string {
  const [hour = '0', minute = '0'] = time.split(':');
  return `${Number(minute)} ${Number(hour)} * * ${writeDays(days)}`;
}

/** `1-5`, `1,3`, `0,6`: Sunday is 0 as well as 7. */
function readDays(text: string): readonly number[] | undefined {
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const [from = 0, to = from, ...more] = part.split('-').map(Number);
    if (more.length > 0 || to < from) return undefined;
    for (let day = from; day <= to; day++) days.add(day === 0 ? 7 : day);
  }
  return [...days].sort((a, b) => a - b);
}

function writeDays(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  if (sorted.length === 0 || sorted.length === 7) return '*';
  const [first = 0, last = first] = [sorted[0], sorted.at(-1)];
  const isRow = sorted.length > 2 && last - first === sorted.length - 1;
  return isRow ? `${first}-${last}` : sorted.join(',');
}
