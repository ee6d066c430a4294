import { nodeTypes } from '../../../../rules/index.js';
import { hoursOfDays, paintHours, setDate, toggleWeekday } from './hours-of-days.js';

const window = nodeTypes.get('time-window')!;
/** A Wednesday, 12:00 in Moscow. */
const now = Date.parse('2026-11-18T09:00:00Z');
const days = (settings: Record<string, unknown>, zone = 'Europe/Moscow', at = now) => hoursOfDays(window, settings, zone, at) ?? [];

describe('hours of the coming days', () => {
  it('begin today; a night belongs to both of its days', () => {
    const week = days({ from: '22:00', to: '08:00' });
    expect(week.map(({ date }) => date)).toEqual(['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24']); // oxfmt-ignore
    expect(week.map(({ weekday }) => weekday)).toEqual([3, 4, 5, 6, 7, 1, 2]);
    expect(week[1]).toEqual({ date: '2026-11-19', weekday: 4, open: [[0, 480], [1320, 1440]] }); // oxfmt-ignore
  });

  it('know days of the week, lunch breaks and quarters of an hour', () => {
    const week = days({ intervals: [['09:15', '13:00'], ['14:00', '18:45']], days: [1, 2, 3, 4, 5] }); // oxfmt-ignore
    expect(week.map(({ open }) => open.length)).toEqual([2, 2, 2, 0, 0, 2, 2]);
    expect(week[0]?.open).toEqual([[555, 780], [840, 1125]]); // oxfmt-ignore
  });

  it('mark special dates of the week, and show later ones behind it', () => {
    const dates = { '2026-11-19': 'closed', '2027-01-01': 'closed', '2026-12-31': [['10:00', '15:00']], '2026-11-01': 'closed' };
    const shown = days({ from: '09:00', to: '18:00', dates });
    expect(shown.map(({ dated }) => dated)).toEqual([undefined, 'closed', undefined, undefined, undefined, undefined, undefined, 'hours', 'closed']); // oxfmt-ignore
    expect(shown[1]?.open).toEqual([]);
    expect(shown[7]).toEqual({ date: '2026-12-31', weekday: 4, dated: 'hours', open: [[600, 900]] });
  });

  it('are those of the step’s own zone, whose day may be another', () => {
    const late = Date.parse('2026-11-18T20:30:00Z');
    expect(days({ from: '09:00', to: '10:00', timezone: 'Asia/Vladivostok' }, 'Europe/Moscow', late)[0]).toMatchObject({ date: '2026-11-19', open: [[540, 600]] }); // oxfmt-ignore
  });

  it('follow the wall clock on the day on which clocks are put forward', () => {
    const [sunday] = days({ from: '01:00', to: '04:00' }, 'Europe/Berlin', Date.parse('2026-03-29T10:00:00Z'));
    expect(sunday).toMatchObject({ date: '2026-03-29', open: [[60, 120], [180, 240]] }); // oxfmt-ignore
  });

  it('are not shown of unfinished settings', () => {
    expect(hoursOfDays(window, { from: '9' }, 'Europe/Moscow', now)).toBeUndefined();
  });
});

describe('painting', () => {
  const usual = { date: '2026-11-18' };

  it('sets the hours of all days, one more interval where there are several, joined where they touch', () => {
    expect(paintHours({ from: '09:00', to: '18:00', days: [1] }, usual, 600, 1440)).toEqual({ from: '10:00', to: '24:00', days: [1] });
    expect(paintHours({ intervals: [['14:00', '18:00'], ['09:00', '10:00']] }, usual, 570, 720)).toEqual({ intervals: [['09:00', '12:00'], ['14:00', '18:00']] }); // oxfmt-ignore
    expect(paintHours({ intervals: [['22:00', '08:00']] }, usual, 420, 540)).toEqual({ intervals: [['07:00', '09:00'], ['22:00', '08:00']] }); // oxfmt-ignore
  });

  it('gives a special date hours of its own and leaves the others alone', () => {
    const settings = { from: '09:00', to: '18:00', dates: { '2026-11-18': 'closed' } };
    const painted = paintHours(settings, { ...usual, dated: 'closed' }, 600, 720);
    expect(painted).toEqual({ ...settings, dates: { '2026-11-18': [['10:00', '12:00']] } });
    expect(paintHours(painted, { ...usual, dated: 'hours' }, 780, 840)).toMatchObject({ dates: { '2026-11-18': [['10:00', '12:00'], ['13:00', '14:00']] } }); // oxfmt-ignore
  });
});

it('a date is closed, gets the hours that it has, and becomes a day like others again', () => {
  const day = { date: '2026-11-18', open: [[540, 1080]] as [number, number][] };
  const closed = setDate({ from: '09:00', to: '18:00', dates: { '2027-01-01': 'closed' } }, day, 'closed');
  expect(Object.keys(closed['dates'] as object)).toEqual(['2026-11-18', '2027-01-01']);
  expect(setDate({}, day, 'hours')).toEqual({ dates: { '2026-11-18': [['09:00', '18:00']] } });
  expect(setDate({}, { ...day, open: [] }, 'hours')).toEqual({ dates: { '2026-11-18': [['10:00', '15:00']] } });
  expect(setDate({ dates: { '2026-11-18': 'closed' } }, day, undefined)).toEqual({});
});

it('a day of the week goes and comes; all seven are none', () => {
  expect(toggleWeekday({}, 7)).toEqual({ days: [1, 2, 3, 4, 5, 6] });
  expect(toggleWeekday({ days: [1, 2, 3, 4, 5, 6] }, 7)).toEqual({});
  expect(toggleWeekday({ days: [1] }, 1)).toEqual({ days: [] });
});
