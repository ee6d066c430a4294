/** A zone's wall clock at one instant. */
export interface WallClock {
  /** Days since 1970-01-01 of the local date. */
  day: number;
  /** Minutes since local midnight. */
  minute: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Offsets change at most at quarters of an hour; those that did not (before 1925) are asked for one by one. */
const bucketMs = 900_000;
/** A year of messages at four an hour; then the memory starts anew. */
const bucketsKept = 35_000;

/** Whether a text is the name of a zone that this machine knows (`Europe/Moscow`, `UTC`); bare offsets are not names. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return offsetsOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** Milliseconds that the zone's clock is ahead of UTC at an instant (ms since 1970). Throws RangeError for an unknown zone. */
export function zoneOffset(now: number, zone: string): number {
  return offsetAt(now, offsetsOf(zone));
}

/** As `zoneOffset` for one zone, whose name is looked up at the first instant only. */
export function offsetOfZone(zone: string): (now: number) => number {
  let known: ZoneOffsets | undefined;
  return (now) => offsetAt(now, (known ??= offsetsOf(zone)));
}

function offsetAt(now: number, known: ZoneOffsets): number {
  const bucket = Math.floor(now / bucketMs);
  if (bucket === known.lastBucket) return known.lastOffset;
  let offset = known.offsets.get(bucket);
  if (offset === undefined) {
    const first = askOffset(bucket * bucketMs, known.formatter);
    const last = askOffset((bucket + 1) * bucketMs - 1000, known.formatter);
    offset = first === last ? first : mixed;
    if (known.offsets.size >= bucketsKept) known.offsets.clear();
    known.offsets.set(bucket, offset);
  }
  if (offset === mixed) return askOffset(now, known.formatter);
  known.lastBucket = bucket;
  known.lastOffset = offset;
  return offset;
}

/** The wall clock of a zone at an instant (ms since 1970). */
export function wallClock(now: number, zone: string): WallClock {
  const local = now + zoneOffset(now, zone);
  const day = Math.floor(local / dayMs);
  return { day, minute: Math.floor((local - day * dayMs) / minuteMs) };
}

/** The day of the week of a local day, Monday 1 to Sunday 7. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** `DD.MM.YYYY` on the zone's calendar. */
export function formatDate(now: number, zone: string): string {
  const text = localText(now, zone);
  return `${text.slice(8, 10)}.${text.slice(5, 7)}.${text.slice(0, 4)}`;
}

/** `HH:MM` on the zone's clock. */
export function formatTime(now: number, zone: string): string {
  return localText(now, zone).slice(11, 16);
}

function localText(now: number, zone: string): string {
  return new Date(now + zoneOffset(now, zone)).toISOString();
}

interface ZoneOffsets {
  formatter: Intl.DateTimeFormat;
  offsets: Map<number, number>;
  lastBucket: number;
  lastOffset: number;
}

const mixed = Infinity;
const zonesKept = 1000;
const zones = new Map<string, ZoneOffsets>();

function offsetsOf(zone: string): ZoneOffsets {
  let known = zones.get(zone);
  if (!known) {
    // Names count in any letter case, so there are more spellings than zones.
    if (zones.size >= zonesKept) zones.clear();
    known = { formatter: formatterOf(zone), offsets: new Map(), lastBucket: NaN, lastOffset: 0 };
    zones.set(zone, known);
  }
  return known;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

function askOffset(now: number, formatter: Intl.DateTimeFormat): number {
  const parts = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatter.formatToParts(now)) if (type in parts) parts[type as keyof typeof parts] = Number(value);
  const local = new Date(0);
  local.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  local.setUTCHours(parts.hour, parts.minute, parts.second);
  return local.getTime() - Math.floor(now / 1000) * 1000;
}
