import type { RuleEvent } from '../../../../rules/index.js';
import { findPersonal } from './find-personal.js';
import { maskEvents } from './mask-events.js';

const event = (text: string, more: Partial<RuleEvent> = {}): RuleEvent => ({
  type: 'message-received',
  id: '019abc00-1111-7000-8000-000000000001',
  at: '2026-03-02T20:10:00Z',
  channel: { id: 'tg', kind: 'telegram', name: 'Телеграм Мебель', account: 'mebel_bot', surface: 'direct' },
  contact: { id: '787132', name: 'Василий Петров', username: 'vasya', phone: '79161234567', bot: false },
  chat: { type: 'private', id: '787132' },
  message: { id: '44', kind: 'text', text, origin: 'client' },
  conversation: { id: '019abc00-2222', number: 5, status: 'open' },
  deal: { id: '019abc00-3333', stage: 'Новая', open: true, responsible: 'u1', responsibleName: 'Ольга Сидорова', tags: ['ночь'] },
  ...more,
});
const masked = (text: string, more: Partial<RuleEvent> = {}) => {
  const events = [event(text, more)];
  return maskEvents(events, findPersonal(events))[0];
};
const textOf = (text: string) => masked(text)?.message?.text;

it('puts other names, phones, mails and links in the place of real ones, and the text stays a text', () => {
  expect(textOf('Здравствуйте, это Василий Петров, мой номер +7 (916) 123-45-67')).toBe(
    'Здравствуйте, это Анна Белова, мой номер +7 (000) 000-00-01',
  );
  expect(textOf('Пишите на vasya.petrov+1@mail.ru или vk.com/id787132')).toBe(
    'Пишите на client1@example.com или https://example.com/client-1',
  );
  expect(textOf('я @vasya, а это @olga_2')).toBe('я @client_1, а это @client_2');
  expect(textOf('карта 4276380012345678, заказ 1234567')).not.toMatch(/4276|1234567/);
});

it('knows a declined name and one part of it, in any case', () => {
  expect(textOf('передайте Василию, спросите у ВАСИЛИЯ, фамилия петров')).toBe('передайте Анна, спросите у Анна, фамилия Белова');
  expect(textOf('васильковый букет')).toBe('васильковый букет');
});

it('masks what the event itself says of the person, and keeps what the rules ask for', () => {
  expect(masked('привет')).toEqual({
    type: 'message-received',
    id: 'e1',
    at: '2026-03-02T20:10:00Z',
    channel: event('').channel,
    contact: { id: 'client-1', name: 'Анна Белова', username: 'client_1', phone: '70000000001', bot: false },
    chat: { type: 'private', id: 'client-1' },
    message: { id: 'm1', kind: 'text', text: 'привет', origin: 'client' },
    conversation: { id: 'v1', number: 5, status: 'open' },
    deal: { id: 'd1', stage: 'Новая', open: true, responsible: 'u1', responsibleName: 'Борис Ветров', tags: ['ночь'] },
  });
});

it('gives one person one mask through all events, also where the phone is spelt in two ways', () => {
  const events = [event('я с 8 916 123 45 67'), event('Василий', { id: 'other', message: { id: '45', text: 'Василий' } })];
  const result = maskEvents(events, findPersonal(events));
  expect(result.map(({ contact }) => contact?.id)).toEqual(['client-1', 'client-1']);
  expect(result.map(({ id }) => id)).toEqual(['e1', 'e2']);
  expect(result[0]?.message?.text).toBe('я с 7 000 000 00 01');
  expect(result[1]?.message?.text).toBe('Анна');
});

it('leaves nothing of a file but its ending', () => {
  const attachments = [{ type: 'image', url: 'https://cdn.example.org/u/787132/face.jpg?sig=1', name: 'Паспорт Петрова.jpg', size: 10 }];
  expect(masked('', { message: { id: '1', attachments } })?.message?.attachments).toEqual([
    { type: 'image', url: 'https://example.com/file-1.jpg', name: 'file-1.jpg' },
  ]);
});

it('keeps what a person chose to keep', () => {
  const events = [event('Василий, 79161234567')];
  const kept = findPersonal(events).filter(({ kind }) => kind !== 'phone');
  expect(maskEvents(events, kept)[0]?.message?.text).toBe('Анна, 79161234567');
});

it('names a group by a number, and its members by masks', () => {
  const group = masked('всем привет', { chat: { type: 'group', id: '-100500', name: 'kotiki', title: 'Котики Василия' } });
  expect(group?.chat).toEqual({ type: 'group', id: 'chat-3', name: 'Группа 1', title: 'Группа 2' });
});

it('leaves no trace of any of it anywhere', () => {
  const text = JSON.stringify(
    masked('Василий Петров 79161234567 vasya@mail.ru @vasya', { contact: { ...event('').contact, profileUrl: 'https://vk.com/id787132' } }),
  );
  for (const secret of ['Васил', 'Петров', '9161234567', 'vasya', '787132', '019abc00']) expect(text).not.toContain(secret);
});
