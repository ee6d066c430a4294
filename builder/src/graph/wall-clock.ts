/**
 * The instant at which a zone's clock shows this date and time. Of a time that occurs twice the first; one that is skipped counts from the
 * clock before the switch.
 * @param date YYYY-MM-DD
 * @param time HH:MM
 * @param zone IANA name
 * @returns RFC 3339 in UTC; undefined for what is no date or time
 */
export function toInstant(date: string, time: string, zone: string): string | undefined {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // The offset before the switch is tried first: it gives the first of two, and carries on over a gap.
  const offsets = [offsetAt(asUtc - day, zone), offsetAt(asUtc + day, zone)];
  const fitting = offsets.map((offset) => asUtc - offset).find((instant) => instant + offsetAt(instant, zone) === asUtc);
  return spell(fitting ?? asUtc - offsets[0]!);
}

/** What a zone's clock shows at an instant: YYYY-MM-DD and HH:MM. */
export function toWallClock(instant: number, zone: string): { date: string; time: string } {
  const shown = new Date(instant + offsetAt(instant, zone)).toISOString();
  return { date: shown.slice(0, 10), time: shown.slice(11, 16) };
}

const day = 86_400_000;

/** How far a zone's clock is ahead of UTC, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(instant);
  return Date.parse(`${parts.replace(' ', 'T')}Z`) - Math.floor(instant / 1000) * 1000;
}

function spell(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
