import { zoneChoices } from './zone-choices.js';

it('names zones in Russian, and puts the named ones first', () => {
  const zones = zoneChoices('Europe/Moscow', 'ru');
  expect(zones).toContainEqual({ value: 'Europe/Moscow', label: 'Москва, Europe/Moscow' });
  expect(zones.findIndex(({ value }) => value === 'Europe/Moscow')).toBeLessThan(
    zones.findIndex(({ value }) => value === 'Africa/Abidjan'),
  );
  expect(zones).toContainEqual({ value: 'America/New_York', label: 'America/New_York' });
});

it('keeps a zone that is chosen and unknown here', () => {
  expect(zoneChoices('Mars/Olympus', 'en')[0]).toEqual({ value: 'Mars/Olympus', label: 'Mars/Olympus' });
  expect(new Set(zoneChoices('', 'en').map(({ value }) => value)).size).toBe(Intl.supportedValuesOf('timeZone').length);
});
