import { toInstant, toWallClock } from './wall-clock.js';

describe('the clock of the try-it chat', () => {
  it.each([
    ['2026-03-02', '23:10', 'Europe/Moscow', '2026-03-02T20:10:00Z'],
    ['2026-01-15', '09:30', 'Asia/Kolkata', '2026-01-15T04:00:00Z'],
    ['2026-07-01', '00:00', 'America/New_York', '2026-07-01T04:00:00Z'],
    // The clock goes back at 03:00: 02:30 occurs twice, and the first is meant.
    ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    // The clock goes forward at 02:00: 02:30 does not occur.
    ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    ['2026-03-29', '03:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
  ])('%s %s in %s is %s', (date, time, zone, instant) => {
    expect(toInstant(date, time, zone)).toBe(instant);
  });

  it('shows what a zone’s clock shows', () => {
    expect(toWallClock(Date.parse('2026-03-02T20:10:59.500Z'), 'Europe/Moscow')).toEqual({ date: '2026-03-02', time: '23:10' });
  });

  it('refuses what is no date or time', () => {
    expect(toInstant('', '23:10', 'UTC')).toBeUndefined();
    expect(toInstant('2026-03-02', '25:00', 'UTC')).toBeUndefined();
  });
});
