import type { Language, NodeType } from '../../../../rules/index.js';

interface Scheduled {
  nodeType: NodeType;
  settings: Record<string, unknown>;
  /** IANA zone of the graph. */
  timezone: string;
}

/**
 * The next times at which a step of the clock starts, in words: «пн, 9 марта, 09:00».
 * @param view from which instant (ms since 1970), how many, and for whom
 * @returns none while the settings are not right
 */
export function nextTimes(
  { nodeType, settings, timezone }: Scheduled,
  { after, count, language }: { after: number; count: number; language: Language },
): string[] {
  const parsed = nodeType.settings.safeParse(settings);
  if (!parsed.success || !nodeType.schedule) return [];
  const next = nodeType.schedule(parsed.data, timezone);
  const own = settings.timezone;
  const shown: Intl.DateTimeFormatOptions = {
    timeZone: typeof own === 'string' ? own : timezone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  };
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  const toMinute = new Intl.DateTimeFormat(locale, shown);
  const toSecond = new Intl.DateTimeFormat(locale, { ...shown, second: '2-digit' });
  const times: string[] = [];
  let instant = next(after);
  while (instant !== undefined && times.length < count) {
    times.push((instant % 60_000 === 0 ? toMinute : toSecond).format(instant));
    instant = next(instant);
  }
  return times;
}
