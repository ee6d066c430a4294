import { zoneName, type Language } from '../../../../rules/index.js';

/**
 * The time zones to choose from, those with a name in the reader's language first: «Москва, Europe/Moscow».
 * @param chosen an IANA name that is offered too where this browser does not know it
 */
export function zoneChoices(chosen: string, language: Language): { value: string; label: string }[] {
  const known = Intl.supportedValuesOf('timeZone');
  const zones = chosen === '' || known.includes(chosen) ? known : [chosen, ...known];
  const choices = zones.map((zone) => ({ value: zone, label: labelOf(zone, language) }));
  return [...choices.filter(({ value, label }) => value !== label), ...choices.filter(({ value, label }) => value === label)];
}

function labelOf(zone: string, language: Language): string {
  const { [language]: name } = zoneName(zone);
  return zone.endsWith(name.replaceAll(' ', '_')) ? zone : `${name}, ${zone}`;
}
