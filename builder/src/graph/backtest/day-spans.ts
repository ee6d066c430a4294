/** Days in a row that a backtest can be asked for in one press. */
export const spans = [1, 7, 30] as const;

/**
 * The last so many days up to today, both included, as the calendar of a zone has them.
 * @param now ms since 1970
 * @returns `2026-03-02`
 */
export function lastDays(count: number, timezone: string, now: number): { from: string; to: string } {
  const to = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' }).format(now);
  const from = new Date(Date.parse(to) - (count - 1) * 86_400_000).toISOString().slice(0, 10);
  return { from, to };
}
