import { addDays, formatClock, formatDay, formatFullTime, formatTime, toDate, type TimeView } from './times.js';

const moscow: TimeView = { language: 'ru', timezone: 'Europe/Moscow', now: Date.parse('2026-11-18T06:00:00Z') };

describe('a time in short', () => {
  test('today is the clock alone', () => {
    expect(formatTime('2026-11-18T05:14:30Z', moscow)).toBe('08:14');
  });

  test('midnight is 00, not 24', () => {
    expect(formatTime('2026-11-17T21:00:00Z', moscow)).toBe('00:00');
  });

  test('yesterday is counted in the zone of the reader, not in UTC', () => {
    // 23:30 in Moscow on the 17th is still the 17th in UTC; 00:30 on the 18th is the 17th there and today here.
    expect(formatTime('2026-11-17T20:30:00Z', moscow)).toBe('вчера, 23:30');
    expect(formatTime('2026-11-17T21:30:00Z', moscow)).toBe('00:30');
    expect(formatTime('2026-11-17T21:30:00Z', { ...moscow, language: 'en', timezone: 'America/New_York' })).toBe('yesterday, 16:30');
  });

  test('this year has no year, another has', () => {
    expect(formatTime('2026-03-01T09:00:00Z', moscow)).toBe('1 мар., 12:00');
    expect(formatTime('2025-12-31T09:00:00Z', moscow)).toBe('31.12.2025, 12:00');
  });

  test('what is no time stays as it is', () => {
    expect(formatTime('soon', moscow)).toBe('soon');
  });
});

test('a time in full names seconds, the year and the zone', () => {
  expect(formatFullTime('2026-11-17T19:14:05Z', moscow)).toBe('22:14:05 17.11.2026, Europe/Moscow');
});

test('a day over a list has a name while it is near, and the year when it is another one', () => {
  // Already the 18th in Moscow, still the 17th in New York.
  const newYork: TimeView = { language: 'en', timezone: 'America/New_York', now: Date.parse('2026-11-18T03:00:00Z') };
  expect(['2026-11-18', '2026-11-17', '2026-11-16', '2025-11-16'].map((date) => formatDay(date, moscow))).toEqual([
    'Сегодня',
    'Вчера',
    '16 ноября',
    '16 ноября 2025 г.',
  ]);
  expect(['2026-11-17', '2026-11-16', '2026-11-15'].map((date) => formatDay(date, newYork))).toEqual(['Today', 'Yesterday', '15 November']);
});

test('the clock alone is of the reader’s zone', () => {
  expect(formatClock('2026-11-17T21:05:00Z', moscow)).toBe('00:05');
  expect(formatClock('soon', moscow)).toBe('soon');
});

test('dates go over the ends of months and years', () => {
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(toDate(Date.parse('2026-12-31T22:00:00Z'), 'Europe/Moscow')).toBe('2027-01-01');
});
