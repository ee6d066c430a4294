import { readEvent } from '../../../../rules/index.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { afterLast, firstChoices, happenings, instantOf, toChatEvent, type TryChoices } from './try-choices.js';

const directory: Directory = {
  channels: [{ id: 'c1', name: 'Телеграм', kind: 'telegram', surface: 'direct', account: 'mebel_bot' }],
  pipelines: [],
  users: [],
  ruleSets: [],
  crmConnections: [],
};
const choices = firstChoices(directory, 'Анна');
const at = '2026-03-02T20:10:00Z';
const make = (more: Partial<TryChoices> = {}, what: Partial<Parameters<typeof toChatEvent>[1]> = {}) =>
  toChatEvent({ ...choices, ...more }, { what: 'client', text: 'привет', kind: 'text', at, ...what }, directory);

it('makes events that the engine accepts, whatever happens', () => {
  for (const what of happenings) {
    const event = make({}, { what });
    expect([what, readEvent(event, { position: 1 }).ok]).toEqual([what, true]);
  }
});

it('writes as the client on the account’s channel', () => {
  expect(make()).toEqual({
    type: 'message-received',
    at,
    channel: { id: 'c1', name: 'Телеграм', kind: 'telegram', account: 'mebel_bot', surface: 'direct' },
    contact: { id: 'try', name: 'Анна', bot: false },
    chat: { type: 'private' },
    message: { kind: 'text', text: 'привет', origin: 'client' },
  });
});

it('tells apart an operator, the CRM, a mailing and the phone', () => {
  const origins = (['operator', 'crm', 'mailing', 'phone'] as const).map((what) => make({}, { what }));
  expect(origins.map(({ type, message }) => [type, message?.origin])).toEqual([
    ['message-sent', 'operator'],
    ['message-sent', 'crm'],
    ['message-sent', 'mailing'],
    ['message-sent', 'phone'],
  ]);
});

it('has no message where nobody writes', () => {
  expect(make({}, { what: 'call-missed' })).not.toHaveProperty('message');
});

it('comments under a post, writes in a group, and sends files', () => {
  const comment = make({ channel: 'kind:instagram', place: 'comments', post: 'https://www.instagram.com/p/abc/' });
  expect(comment).toMatchObject({
    channel: { kind: 'instagram', surface: 'comments' },
    chat: { type: 'comments' },
    message: { kind: 'comment', post: { url: 'https://www.instagram.com/p/abc/' } },
  });
  expect(make({ place: 'group', group: 'Соседи' }).chat).toEqual({ type: 'group', id: 'try-group', title: 'Соседи' });
  expect(make({}, { kind: 'image' }).message?.attachments).toEqual([
    { type: 'image', url: 'https://example.com/image.jpg', name: 'image.jpg' },
  ]);
  expect(make({}, { kind: 'location' }).message?.attachments).toEqual([{ type: 'location' }]);
  expect(make({}, { kind: 'story-reply' }).message).not.toHaveProperty('attachments');
});

it('shows fields of the contact, but none that would hide who it is', () => {
  const fields = [
    { name: 'city', value: 'Тверь' },
    { name: 'id', value: 'другой' },
    { name: ' ', value: 'пусто' },
  ];
  expect(make({ contact: { ...choices.contact, username: '@anna', blocked: true, fields } }).contact).toEqual({
    city: 'Тверь',
    id: 'try',
    name: 'Анна',
    username: 'anna',
    bot: false,
    blocked: true,
  });
});

it('knows the clock of the graph’s zone, and that some dates are none', () => {
  expect(instantOf({ date: '2026-03-02', time: '23:10' }, 'Europe/Moscow', 0)).toBe('2026-03-02T20:10:00Z');
  expect(instantOf({ date: 'вчера', time: '23:10' }, 'Europe/Moscow', 0)).toBeUndefined();
});

it('lets events of one minute follow each other, and «now» follow a clock that was moved on', () => {
  const last = Date.parse(at);
  expect(afterLast(at, { date: '', time: '' }, last)).toBe('2026-03-02T20:10:01.000Z');
  expect(afterLast('2026-03-02T10:00:00Z', 'now', last)).toBe('2026-03-02T20:10:01.000Z');
  expect(afterLast('2026-03-02T10:00:00Z', { date: '', time: '' }, last)).toBe('2026-03-02T10:00:00Z');
  expect(afterLast(at, 'now', undefined)).toBe(at);
});
