import { countFilters, readFilters, statuses, toQuery, writeFilters } from './message-filters.js';
import { parsePeriod } from './period.js';

const channel = '01890a5d-ac96-774b-bcce-b302099a8057';
const now = Date.parse('2026-11-18T22:30:00Z'); // the 19th in Moscow
const read = (query: string) => readFilters(new URLSearchParams(query));

test('an empty address is today', () => {
  expect(read('')).toEqual({ period: 'today' });
});

test('one client is shown whole, unless a period is named', () => {
  expect(read(`contact=${channel}`)).toEqual({ contact: channel, period: 'all' });
  expect(read(`contact=${channel}&period=7d`).period).toBe('7d');
});

test('what is misspelt is left out', () => {
  expect(read('channel=1&direction=up&status=gone&period=2026-13-01..2026-13-02&q=')).toEqual({ period: 'today' });
});

test('what is written is read again, and what is not a filter stays', () => {
  const filters = { channel, direction: 'out', status: 'failed', q: 'скидка & <b>', period: '2026-11-01..2026-11-20' } as const;
  const address = writeFilters(new URLSearchParams('message=m1&q=old'), filters);
  expect(readFilters(new URLSearchParams(address.toString()))).toEqual(filters);
  expect(address.get('message')).toBe('m1');
  expect(writeFilters(address, { q: '', channel: undefined }).toString()).not.toMatch(/q=|channel=/);
  expect(countFilters(filters)).toBe(4);
});

test.each([
  ['today', { from: '2026-11-18T21:00:00.000Z' }],
  ['yesterday', { from: '2026-11-17T21:00:00.000Z', to: '2026-11-18T21:00:00.000Z' }],
  ['7d', { from: '2026-11-12T21:00:00.000Z' }],
  ['30d', { from: '2026-10-20T21:00:00.000Z' }],
  ['all', {}],
  ['2026-11-01..2026-11-01', { from: '2026-10-31T21:00:00.000Z', to: '2026-11-01T21:00:00.000Z' }],
] as const)('%s begins and ends at midnight of the zone', (period, instants) => {
  expect(toQuery({ period }, 'Europe/Moscow', now)).toEqual(instants);
});

test('a day of 23 hours is 23 hours long', () => {
  expect(toQuery({ period: '2026-03-29..2026-03-29' }, 'Europe/Berlin', now)).toEqual({
    from: '2026-03-28T23:00:00.000Z',
    to: '2026-03-29T22:00:00.000Z',
  });
});

test('periods that end before they begin are none', () => {
  expect(parsePeriod('2026-11-20..2026-11-01')).toBeUndefined();
  expect(parsePeriod('2026-02-30..2026-03-01')).toBeUndefined();
});

test('each status is offered once', () => {
  expect(new Set(statuses).size).toBe(statuses.length);
});
