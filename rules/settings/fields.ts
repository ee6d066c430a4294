import { z } from 'zod';
import type { ClockInterval } from '../time/week-hours.js';
import { parseDuration } from '../time/duration.js';
import { isZone } from '../time/zoned.js';
import { inBoth } from './refuse.js';

/** A field of word patterns; the bound keeps their table in the memory. */
export const patternsField = z.string().max(200_000).default('');

/** A text that people will read, with variants and substitutions. */
export const templateField = z.string().max(10_000);

/** A name or an id: some text, not white space alone. */
export const nameField = z
  .string()
  .max(200)
  .refine((text) => text.trim() !== '', inBoth({ ru: 'Здесь должно быть название', en: 'A name is needed here' }));

/** An IANA zone. */
export const zoneField = z.string().refine(
  isZone,
  inBoth({
    ru: 'Такого часового пояса нет: нужно имя вида Europe/Moscow',
    en: 'There is no such time zone: a name like Europe/Moscow is needed',
  }),
);

/** A duration in ISO 8601. */
export const durationField = z.string().refine(
  (text) => (parseDuration(text) ?? Infinity) <= 3650 * 86_400_000,
  inBoth({
    ru: 'Длительность пишется как PT5M, PT1H или P1D и не больше 10 лет',
    en: 'A duration is written as PT5M, PT1H or P1D, at most 10 years',
  }),
);

/** A clock time `HH:MM`. */
export const clockField = z
  .string()
  .regex(
    /^(?:(?:[01]\d|2[0-3]):[0-5]\d)$/,
    inBoth({ ru: 'Время пишется как 09:30, от 00:00 до 23:59', en: 'A clock time is written as 09:30, from 00:00 to 23:59' }),
  );

/** Where an interval ends: also `24:00`. */
export const clockEndField = z
  .string()
  .regex(
    /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/,
    inBoth({ ru: 'Время пишется как 09:30, от 00:00 до 24:00', en: 'A clock time is written as 09:30, from 00:00 to 24:00' }),
  );

/** Clock intervals. */
export const intervalsField: z.ZodType<ClockInterval[], ClockInterval[]> = z.array(z.tuple([clockField, clockEndField]));
