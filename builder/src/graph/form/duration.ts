export type DurationUnit = 'seconds' | 'minutes' | 'hours' | 'days';

const units: Record<DurationUnit, { letter: string; isTime: boolean }> = {
  seconds: { letter: 'S', isTime: true },
  minutes: { letter: 'M', isTime: true },
  hours: { letter: 'H', isTime: true },
  days: { letter: 'D', isTime: false },
};

export function isDurationUnit(value: unknown): value is DurationUnit {
  return typeof value === 'string' && Object.hasOwn(units, value);
}

/** Reads an ISO 8601 duration that is one whole number of one unit: `PT5M` is 5 minutes. Undefined for any other. */
export function parseDuration(text: string): { count: number; unit: DurationUnit } | undefined {
  for (const [unit, { letter, isTime }] of Object.entries(units)) {
    const found = new RegExp(`^P${isTime ? 'T' : ''}(\\d{1,9})${letter}$`, 'i').exec(text);
    if (found && isDurationUnit(unit)) return { count: Number(found[1]), unit };
  }
  return undefined;
}

export function spellDuration(count: number, unit: DurationUnit): string {
  const { letter, isTime } = units[unit];
  return `P${isTime ? 'T' : ''}${count}${letter}`;
}

/** Reads a clock time as people type it: «9», «930», «9:30», «9.30». Gives HH:MM, undefined for what is no time of day. */
export function parseClock(text: string): string | undefined {
  const found = /^(\d{1,2})(?:[:.,\s-]?(\d{2}))?$/.exec(text.trim());
  if (!found) return undefined;
  const [, hours = '', minutes = '00'] = found;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return `${hours.padStart(2, '0')}:${minutes}`;
}
