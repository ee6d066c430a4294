import { parseClock, parseDuration, spellDuration } from './duration.js';

describe('durations in a form', () => {
  it.each([
    ['PT5M', 5, 'minutes'],
    ['PT30S', 30, 'seconds'],
    ['PT1H', 1, 'hours'],
    ['P1D', 1, 'days'],
  ] as const)('reads %s and writes it back', (text, count, unit) => {
    expect(parseDuration(text)).toEqual({ count, unit });
    expect(spellDuration(count, unit)).toBe(text);
  });

  it.each(['', 'PT1H30M', 'P1M', 'PT0.5S', '5', 'PT'])('leaves %j as it is written', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('clock times in a form', () => {
  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['9.30', '09:30'],
    ['22:05', '22:05'],
    ['0', '00:00'],
  ])('reads %s', (typed, clock) => {
    expect(parseClock(typed)).toBe(clock);
  });

  it.each(['', '24:00', '12:60', 'полдень', '1:2'])('refuses %j', (typed) => {
    expect(parseClock(typed)).toBeUndefined();
  });
});
