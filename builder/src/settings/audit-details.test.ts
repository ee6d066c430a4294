import { auditLines } from './audit-details.js';

const texts: Record<string, string> = {
  'details.version': 'Версия',
  'details.reason': 'Причина',
  'details.unmet': 'Не выполнено',
  'details.role': 'Роль',
  'details.before': 'До этого',
  'details.yes': 'да',
  'details.no': 'нет',
  'details.of.unmet.policy-tests': 'проверки',
  'details.kind': 'Площадка',
  'details.of.kind.webchat': 'чат на сайте',
  'details.of.fields.phone': 'телефон',
  'details.of.role.admin': 'администратор',
};
const t = (key: string, values: Record<string, unknown> = {}) =>
  texts[key] ?? (typeof values['defaultValue'] === 'string' ? values['defaultValue'] : key);

it('says why somebody published against the conditions, and no ids', () => {
  expect(auditLines({ id: '0190a0a0', hash: 'f00', version: 2, reason: 'Клиенты ждут', unmet: ['policy-tests'] }, t)).toEqual([
    'Версия: 2',
    'Причина: Клиенты ждут',
    'Не выполнено: проверки',
  ]);
});

it('names what was changed of a contact', () => {
  expect(auditLines({ fields: ['phone', 'colour'] }, t)).toEqual(['fields: телефон, colour']);
});

it('names the platform of a channel', () => {
  expect(auditLines({ kind: 'webchat' }, t)).toEqual(['Площадка: чат на сайте']);
  expect(auditLines({ kind: 'carrier-pigeon' }, t)).toEqual(['Площадка: carrier-pigeon']);
});

it('says only what differs between two states', () => {
  const before = { name: 'Ольга', role: 'operator', active: true };
  expect(auditLines({ before, after: { ...before, role: 'admin', active: false } }, t)).toEqual([
    'Роль: operator → администратор',
    'active: да → нет',
  ]);
});

it('says the version that was live before, and nothing where none was', () => {
  expect(auditLines({ version: 2, before: 1 }, t)).toEqual(['Версия: 2', 'До этого: 1']);
  expect(auditLines({ version: 1, before: null }, t)).toEqual(['Версия: 1']);
  expect(auditLines({}, t)).toEqual([]);
});
