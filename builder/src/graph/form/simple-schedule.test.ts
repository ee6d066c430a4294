import { readSchedule, writeSchedule } from './simple-schedule.js';

it.each([
  ['0 9 * * 1-5', '09:00', [1, 2, 3, 4, 5]],
  ['30 22 * * *', '22:30', [1, 2, 3, 4, 5, 6, 7]],
  ['5 7 * * 1,3', '07:05', [1, 3]],
  ['0 0 * * 6,7', '00:00', [6, 7]],
])('%s is drawn, and written back as it was', (line, time, days) => {
  expect(readSchedule(line)).toEqual({ time, days });
  expect(writeSchedule({ time, days })).toBe(line);
});

it('takes both numbers of Sunday, and any spaces', () => {
  expect(readSchedule(' 0  9 * * 0-2')).toEqual({ time: '09:00', days: [1, 2, 7] });
  expect(readSchedule('0 9 * * 7')?.days).toEqual([7]);
});

it.each(['*/5 * * * *', '0 9 1 * *', '0 9 * 3 1', '0 0 9 * * 1', '60 9 * * *', '0 24 * * *', '0 9 * * 5-1', '@daily', ''])(
  'leaves %j to the line',
  (line) => {
    expect(readSchedule(line)).toBeUndefined();
  },
);

it('takes no day for every day', () => {
  expect(writeSchedule({ time: '09:00', days: [] })).toBe('0 9 * * *');
});
