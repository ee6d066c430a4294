import type { Bilingual } from '../bilingual.js';

/** Short names of the days of the week, Monday first: a weekday's number (1 to 7) less one is its place. */
export const weekdayNames: readonly Bilingual[] = [
  { ru: 'пн', en: 'Mon' },
  { ru: 'вт', en: 'Tue' },
  { ru: 'ср', en: 'Wed' },
  { ru: 'чт', en: 'Thu' },
  { ru: 'пт', en: 'Fri' },
  { ru: 'сб', en: 'Sat' },
  { ru: 'вс', en: 'Sun' },
];
