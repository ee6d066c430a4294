/**
 * Reads an RFC 3339 instant (`2026-03-02T23:10:00+03:00`) as ms since 1970; undefined for anything else, dates that no calendar has
 * included. A leap second (`:60`) is the first moment of the next minute. Digits below a millisecond are dropped.
 */
export function parseInstant(text: string): number | undefined {
  // Each event's clock is read when the event is, and again when it is decided on.
  if (text === lastText) return lastInstant;
  const instant = parseUsual(text) ?? parseAny(text);
  lastText = text;
  lastInstant = instant;
  return instant;
}

let lastText = '';
let lastInstant: number | undefined;

/** The spelling of nearly all events, `2026-03-02T23:10:00` with `Z`, `.123Z` or an offset, read by its places; undefined for all else. */
function parseUsual(text: string): number | undefined {
  const { length } = text;
  if (length !== 20 && length !== 24 && length !== 25) return undefined;
  const year = digitsAt(text, 0) * 100 + digitsAt(text, 2);
  const month = digitsAt(text, 5);
  const day = digitsAt(text, 8);
  const seconds = (digitsAt(text, 11) * 60 + digitsAt(text, 14)) * 60 + digitsAt(text, 17);
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return undefined;
  // What is no digit makes each sum NaN, and no comparison holds for it.
  if (!(year >= 100 && digitsAt(text, 11) <= 23 && digitsAt(text, 14) <= 59 && digitsAt(text, 17) <= 59 && isDate(year, month, day))) {
    return undefined;
  }
  const local = Date.UTC(year, month - 1, day) + seconds * 1000;
  if (length === 20) return text[19] === 'Z' ? local : undefined;
  if (length === 24) {
    const fraction = digitsAt(text, 20) * 10 + (digitsAt(text, 21) % 10);
    return text[19] === '.' && text[23] === 'Z' && fraction >= 0 ? local + fraction : undefined;
  }
  const [hours, minutes] = [digitsAt(text, 20), digitsAt(text, 23)];
  const sign = text[19];
  if ((sign !== '+' && sign !== '-') || text[22] !== ':' || !(hours <= 23 && minutes <= 59)) return undefined;
  const ahead = (hours * 60 + minutes) * 60_000;
  return sign === '-' ? local + ahead : local - ahead;
}

/** Two digits as a number; NaN for anything else. */
function digitsAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function parseAny(text: string): number | undefined {
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
