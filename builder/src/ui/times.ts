import type { Language } from '../i18n.js';

/** How a time is told: in which language and zone (IANA name), and seen from when (ms since 1970; absent: this moment). */
export interface TimeView {
  language: Language;
  timezone: string;
  now?: number;
}

const yesterday: Record<Language, string> = { ru: 'вчера', en: 'yesterday' };
const dayNames: Record<Language, { today: string; yesterday: string }> = {
  ru: { today: 'Сегодня', yesterday: 'Вчера' },
  en: { today: 'Today', yesterday: 'Yesterday' },
};
/** The locale in which dates of a language are written. */
export const locales: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };

/** An instant (RFC 3339) in short: «22:14» today, «вчера, 22:14», «17 ноя., 22:14» this year, «17.11.2024, 22:14» before. */
export function formatTime(instant: string, view: TimeView): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const clock = format(at, view, { hour: '2-digit', minute: '2-digit' });
  const now = view.now ?? Date.now();
  const day = toDate(at.getTime(), view.timezone);
  if (day === toDate(now, view.timezone)) return clock;
  if (day === dayBefore(toDate(now, view.timezone))) return `${yesterday[view.language]}, ${clock}`;
  if (day.slice(0, 4) === toDate(now, view.timezone).slice(0, 4)) {
    return `${format(at, view, { day: 'numeric', month: 'short' })}, ${clock}`;
  }
  return `${format(at, view, { day: '2-digit', month: '2-digit', year: 'numeric' })}, ${clock}`;
}

/** The whole of it, for a hover: «22:14:05 17.11.2026, Europe/Moscow». */
export function formatFullTime(instant: string, view: TimeView): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const clock = format(at, view, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return `${clock} ${format(at, view, { day: '2-digit', month: '2-digit', year: 'numeric' })}, ${view.timezone}`;
}

/** The clock alone, where the day stands beside it: «22:14». */
export function formatClock(instant: string, view: TimeView): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : format(at, view, { hour: '2-digit', minute: '2-digit' });
}

/** A date (`2026-11-17`) over what was that day: «Сегодня», «Вчера», «17 ноября» this year, «17 ноября 2024 г.» before. */
export function formatDay(date: string, view: TimeView): string {
  const today = toDate(view.now ?? Date.now(), view.timezone);
  if (date === today) return dayNames[view.language].today;
  if (date === dayBefore(today)) return dayNames[view.language].yesterday;
  const year = date.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' as const };
  return format(new Date(`${date}T00:00:00Z`), { ...view, timezone: 'UTC' }, { day: 'numeric', month: 'long', ...year });
}

/** The date of a moment (ms since 1970) in a zone, as `2026-11-17`. */
export function toDate(at: number, timezone: string): string {
  // The Swedish locale writes dates the ISO way.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** The date so many days later (or earlier, when negative): `2026-03-01`, -1 gives `2026-02-28`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function dayBefore(date: string): string {
  return addDays(date, -1);
}

function format(at: Date, { language, timezone }: TimeView, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locales[language], { hourCycle: 'h23', timeZone: timezone, ...options }).format(at);
}
