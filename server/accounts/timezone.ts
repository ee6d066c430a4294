import { Invalid } from '../problem/problems.js';

/** Throws `Invalid` for a name that is no time zone; absent is fine. */
export function refuseUnknownTimezone(timezone: string | undefined): void {
  if (timezone === undefined || isTimezone(timezone)) return;
  throw new Invalid([
    {
      path: 'timezone',
      detail: { ru: 'Такого часового пояса нет; пример: Europe/Moscow', en: 'There is no such time zone; example: Europe/Moscow' },
    },
  ]);
}

function isTimezone(name: string): boolean {
  try {
    // Offsets as `+03:00` are accepted there too, but know no daylight saving and no PostgreSQL name.
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
