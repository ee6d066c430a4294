import { shiftInto } from './shift-into.js';

it.each([
  ['what lies within stays', [20, 60], 0],
  ['what lies before comes to the start', [-30, 10], 40],
  ['what lies behind comes to the end', [80, 130], -30],
  ['what is too long shows its start', [50, 300], -40],
] as const)('%s', (_, span, shift) => {
  expect(shiftInto(span, [10, 100])).toBe(shift);
});
