import * as fc from 'fast-check';
import { readEvent } from './read-event.js';

it('fills in the id by position and the clock of the event before', () => {
  const read = readEvent({ type: 'call-missed' }, { position: 7, previousAt: '2026-03-02T12:00:00Z' });
  expect(read).toEqual({ ok: true, event: { type: 'call-missed', id: 'e7', at: '2026-03-02T12:00:00Z' } });
});

it('starts the clock in 1970', () => {
  expect(readEvent({ type: 'call-missed' }, { position: 1 })).toMatchObject({ event: { at: '1970-01-01T00:00:00Z' } });
});

it('keeps fields that it does not know, at every level', () => {
  const event = { type: 'message-received', id: 'x', at: '2026-03-02T12:00:00Z', utm: { a: [1] }, message: { text: 'x', mood: 'fine' } };
  expect(readEvent(event, { position: 1 })).toEqual({ ok: true, event });
});

it('takes null for absent', () => {
  const read = readEvent({ type: 'message-received', at: null, contact: null, message: { text: null, kind: null } }, { position: 1 });
  expect(read).toEqual({ ok: true, event: { type: 'message-received', id: 'e1', at: '1970-01-01T00:00:00Z', message: {} } });
});

it.each([
  ['a text', 'hello', ''],
  ['a list', [], ''],
  ['an event without a type', {}, 'type'],
  ['an unknown type', { type: 'message-lost' }, 'type'],
  ['a clock that is no instant', { type: 'call-missed', at: 'yesterday' }, 'at'],
  ['a clock without a zone', { type: 'call-missed', at: '2026-03-02T12:00:00' }, 'at'],
  ['a text that is a number', { type: 'message-received', message: { text: 5 } }, 'message.text'],
  ['an unknown kind of message', { type: 'message-received', message: { kind: 'poll' } }, 'message.kind'],
  ['an attachment without a type', { type: 'message-received', message: { attachments: [{ url: 'x' }] } }, 'message.attachments[0].type'],
  ['an id that is a number', { type: 'message-received', contact: { id: 787132 } }, 'contact.id'],
  ['an empty id', { type: 'message-received', id: '' }, 'id'],
])('refuses %s and names the field', (_, json, path) => {
  const read = readEvent(json, { position: 1 });
  expect(read).toMatchObject({ ok: false, path });
  if (!read.ok) for (const text of [read.problem.ru, read.problem.en]) expect(text).not.toBe('');
});

it('answers any JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(typeof readEvent(json, { position: 1 }).ok).toBe('boolean');
    }),
  );
});

it('lets no event reach a prototype', () => {
  const read = readEvent(JSON.parse('{"type":"call-missed","__proto__":{"polluted":true},"contact":{"__proto__":{"bot":true}}}'), {
    position: 1,
  });
  expect(read).toMatchObject({ ok: true });
  if (read.ok) expect(read.event.contact?.bot).toBeUndefined();
});
