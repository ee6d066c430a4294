import type { Message } from '../../../api/messages.js';
import { toThreadDays } from './thread-days.js';

const someId = '0199a000-0000-7000-8000-000000000000';
const anna = { id: '0199a000-0000-7000-8000-00000000000a', name: 'Анна' };
const oleg = { id: '0199a000-0000-7000-8000-00000000000b', name: 'Олег' };

function message(id: string, at: string, rest: Partial<Message> = {}): Message {
  return {
    id,
    externalId: null,
    at,
    direction: 'in',
    origin: 'client',
    kind: 'text',
    text: id,
    attachments: [],
    editedAt: null,
    deletedAt: null,
    channel: { id: someId, name: 'Сайт', kind: 'webchat' },
    contact: { id: someId, name: 'Мария', username: null, phone: null },
    conversation: { id: someId, number: 1 },
    status: 'passed',
    reason: null,
    sentBy: null,
    author: null,
    exports: [],
    delivery: null,
    ...rest,
  };
}

const byPerson = (author: Message['author']): Partial<Message> => ({ direction: 'out', origin: 'operator', author });
const byStep = (node: string, version = 1): Partial<Message> => ({
  direction: 'out',
  origin: 'rules',
  sentBy: { run: someId, ruleSet: { id: someId, name: 'Ночь' }, version, node },
});

/** `+` before a message that begins a turn. */
const told = (newestFirst: Message[], zone = 'Europe/Moscow') =>
  toThreadDays(newestFirst, zone).map(({ date, items }) => [
    date,
    items.map(({ message: { id }, isFirstOfTurn }) => `${isFirstOfTurn ? '+' : ''}${id}`).join(' '),
  ]);

test('a day begins at the reader’s midnight, not in UTC', () => {
  const both = [message('b', '2026-11-17T21:10:00Z'), message('a', '2026-11-17T20:50:00Z')];
  expect(told(both)).toEqual([
    ['2026-11-17', '+a'],
    ['2026-11-18', '+b'],
  ]);
  expect(told(both, 'UTC')).toEqual([['2026-11-17', '+a b']]);
});

test('who wrote is told anew when the author changes and when a day begins', () => {
  const day = '2026-11-17T10:0';
  const thread = [
    message('i', '2026-11-18T10:00:00Z', byPerson(oleg)),
    message('h', `${day}8:00Z`, byPerson(oleg)),
    message('g', `${day}7:00Z`, byPerson(anna)),
    message('f', `${day}6:00Z`, byPerson(anna)),
    message('e', `${day}5:00Z`, byStep('hello', 2)),
    message('d', `${day}4:00Z`, byStep('hello')),
    message('c', `${day}3:00Z`, byStep('hello')),
    message('b', `${day}2:00Z`, byStep('greet')),
    message('a', `${day}1:00Z`),
  ];
  expect(told(thread)).toEqual([
    ['2026-11-17', '+a +b +c d +e +f g +h'],
    ['2026-11-18', '+i'],
  ]);
});

test('what comes before joins the day that was the first', () => {
  const later = [message('c', '2026-11-17T12:00:00Z'), message('b', '2026-11-17T11:00:00Z')];
  expect(told([...later, message('a', '2026-11-17T09:00:00Z'), message('0', '2026-11-16T09:00:00Z')])).toEqual([
    ['2026-11-16', '+0'],
    ['2026-11-17', '+a b c'],
  ]);
});

test('no messages make no days', () => {
  expect(told([])).toEqual([]);
});
