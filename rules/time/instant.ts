/**
 * Reads an RFC 3339 instant (`2026-03-02T23:10:00+03:00`) as ms since 1970; undefined for anything else, dates that no calendar has
 * included. A leap second (`:60`) is the first moment of the next minute. Digits below a millisecond are dropped.
 */
export function parseInstant(text: string): number | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, fraction, sign, offsetHour, offsetMinute] = found;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60 || !isDate(Number(year), Number(month), Number(day)))
    return undefined;
  if (sign && (Number(offsetHour) > 23 || Number(offsetMinute) > 59)) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second), Math.floor(Number(`0.${fraction ?? 0}`) * 1000));
  const ahead = sign ? (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000 : 0;
  return sign === '-' ? date.getTime() + ahead : date.getTime() - ahead;
}

/** An instant (ms since 1970) in UTC: `2026-03-02T20:10:00Z`, with milliseconds only where there are any. */
export function formatInstant(now: number): string {
  return new Date(now).toISOString().replace('.000Z', 'Z');
}

/** Whether a calendar has this day. */
export function isDate(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && leap ? 29 : daysOf[month];
  return days !== undefined && day >= 1 && day <= days;
}

const daysOf: Record<number, number> = { 1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31 };
const pattern = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
