import { emptyMemory, type NodeType } from '../../../../rules/index.js';
import { addDays, toDate } from '../../ui/times.js';
import { toInstant, toWallClock } from '../wall-clock.js';
import { listOf, recordOf, textOf } from './read-value.js';

/** One day of the strip. */
export interface DayHours {
  /** YYYY-MM-DD */
  date: string;
  /** Monday 1 to Sunday 7. */
  weekday: number;
  /** What `dates` says of it; absent for a day like others. */
  dated?: 'closed' | 'hours';
  /** The stretches inside, in minutes of the day's clock: 0 to 1440. */
  open: [from: number, to: number][];
}

type Settings = Record<string, unknown>;

const dayMinutes = 1440;
/** How finely the day is asked, in minutes. */
const grain = 15;
const laterDates = 5;

/**
 * When a window of hours is open on the coming seven days, and on the special dates after them: asked of the engine, quarter of an hour by quarter of an hour.
 * @param zone of the graph, which the settings may overrule
 * @param now ms since 1970
 * @returns undefined while the settings are unfinished
 */
export function hoursOfDays(nodeType: NodeType, settings: Settings, zone: string, now: number): DayHours[] | undefined {
  const parsed = nodeType.settings.safeParse(settings);
  if (!parsed.success || !nodeType.compile) return undefined;
  const own = textOf(settings['timezone']) || zone;
  const today = toDate(now, own);
  const dates = recordOf(settings['dates']);
  const week = [0, 1, 2, 3, 4, 5, 6].map((ahead) => addDays(today, ahead));
  const later = Object.keys(dates).filter((date) => date > week[6]!).sort().slice(0, laterDates); // oxfmt-ignore
  const step = nodeType.compile(parsed.data, { nodeId: 'hours', timezone: zone, ruleSet: '' });
  const isOpen = (at: number) => {
    const event = { id: 'hours', type: 'message-received' as const, at: new Date(at).toISOString(), channel, contact: { id: 'hours' } };
    const outcome = step({ event, now: at, memory: emptyMemory, variables: {} });
    return !(outcome instanceof Promise) && outcome.go === 'inside';
  };
  return [...week, ...later].map((date) => {
    const special = dates[date];
    return {
      date,
      weekday: weekdayOf(date),
      ...(special !== undefined && { dated: special === 'closed' ? ('closed' as const) : ('hours' as const) }),
      open: stretches(samplesOf(date, own).filter(({ at }) => isOpen(at)).map(({ minute }) => minute)), // oxfmt-ignore
    };
  });
}

const channel = { id: 'hours', kind: 'webchat', name: 'hours' };

/** The hours of one day painted over: a special date gets its own, another day changes the hours of all its like. @param from @param to minutes of the day */
export function paintHours(settings: Settings, { date, dated }: Pick<DayHours, 'date' | 'dated'>, from: number, to: number): Settings {
  const painted = [spell(from), spell(to)];
  if (dated) {
    const dates = recordOf(settings['dates']);
    return { ...settings, dates: { ...dates, [date]: dated === 'closed' ? [painted] : joined([...intervalsOf(dates[date]), painted]) } };
  }
  if (settings['intervals'] !== undefined) return { ...settings, intervals: joined([...intervalsOf(settings['intervals']), painted]) };
  return { ...settings, from: painted[0], to: painted[1] };
}

/** Says what is special of a date: no hours, hours of its own (those that it has now), or nothing. */
export function setDate(settings: Settings, { date, open }: Pick<DayHours, 'date' | 'open'>, special: DayHours['dated']): Settings {
  const { [date]: _, ...others } = recordOf(settings['dates']);
  const own = open.length > 0 ? open.map(([from, to]) => [spell(from), spell(to)]) : [['10:00', '15:00']];
  const dates = special ? { ...others, [date]: special === 'closed' ? 'closed' : own } : others;
  const { dates: _old, ...rest } = settings;
  return Object.keys(dates).length === 0
    ? rest
    : { ...rest, dates: Object.fromEntries(Object.entries(dates).sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Takes a day of the week in or out; all seven are spelt as none. */
export function toggleWeekday(settings: Settings, weekday: number): Settings {
  const all = [1, 2, 3, 4, 5, 6, 7];
  const chosen = settings['days'] === undefined ? all : listOf(settings['days']).map(Number);
  const days = all.filter((day) => (day === weekday ? !chosen.includes(day) : chosen.includes(day)));
  const { days: _, ...rest } = settings;
  return days.length === 7 ? rest : { ...rest, days };
}

/** Minutes of a day as a clock shows them: `09:30`, `24:00` at its end. */
export function spell(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The quarters of an hour of a day, by the clock of the zone: a day on which clocks are changed has some twice or not at all. */
function samplesOf(date: string, zone: string): { minute: number; at: number }[] {
  const [start, end] = [date, addDays(date, 1)].map((day) => Date.parse(toInstant(day, '00:00', zone) ?? ''));
  if (start === undefined || end === undefined || Number.isNaN(start) || Number.isNaN(end)) return [];
  const count = Math.round((end - start) / (grain * 60_000));
  const isUsual = count * grain === dayMinutes;
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * grain * 60_000;
    const clock = isUsual ? undefined : toWallClock(at, zone).time;
    return { at, minute: clock ? Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) : index * grain };
  });
}

/** Sorted starts of quarters joined to stretches. */
function stretches(minutes: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const minute of [...new Set(minutes)].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[1] === minute) last[1] = minute + grain;
    else found.push([minute, minute + grain]);
  }
  return found;
}

function intervalsOf(value: unknown): string[][] {
  return listOf(value).map((row) => listOf(row).map(textOf));
}

/** Intervals in order, those that touch as one; one over midnight or a whole day stays as it is. */
function joined(intervals: string[][]): string[][] {
  const result: string[][] = [];
  for (const [from = '', to = ''] of intervals.toSorted(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0))) {
    const last = result.at(-1);
    if (last && last[0]! < last[1]! && from < to && from <= last[1]!) last[1] = to > last[1]! ? to : last[1]!;
    else result.push([from, to]);
  }
  return result;
}

function weekdayOf(date: string): number {
  return ((Date.parse(`${date}T00:00:00Z`) / 86_400_000 + 3) % 7) + 1;
}
