import type { Example } from '../../node-type.js';
import type { Settings } from './set-field.js';

const event = { type: 'message-received' as const, message: { text: 'Привет' }, contact: { id: '42', name: 'Анна' } };

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Имя клиента в поле сделки', en: 'The client’s name in a field of the deal' },
    settings: { field: 'Кто обратился', value: '%NAME%' },
    event,
    expect: { port: 'next', effects: [{ type: 'set-field', entity: 'deal', field: 'Кто обратился', value: 'Анна' }] },
  },
  {
    title: { ru: 'Заполненное поле заменяется', en: 'A filled field is replaced' },
    settings: { entity: 'contact', field: 'name', value: 'Клиент' },
    event,
    expect: { port: 'next', effects: [{ type: 'set-field', entity: 'contact', field: 'name', value: 'Клиент' }] },
  },
  {
    title: { ru: 'Без замены заполненное поле остаётся', en: 'Without replacing, a filled field stays' },
    settings: { entity: 'contact', field: 'name', value: 'Клиент', overwrite: false },
    event,
    expect: { port: 'next', effects: [] },
  },
  {
    title: { ru: 'Поле CRM заполнено', en: 'A field of the CRM is filled' },
    settings: { field: 'Город', value: 'Москва', overwrite: false },
    event: { ...event, deal: { id: 'd1', fields: { Город: 'Тверь' } } },
    expect: { port: 'next', effects: [] },
  },
  {
    title: { ru: 'Пустое поле заполняется', en: 'An empty field is filled' },
    settings: { field: 'Город', value: 'Москва', overwrite: false },
    event: { ...event, deal: { id: 'd1', fields: { Город: ' ' } } },
    expect: { port: 'next', effects: [{ type: 'set-field', entity: 'deal', field: 'Город', value: 'Москва', overwrite: false }] },
  },
  {
    title: { ru: 'Событие ни о ком', en: 'An event about nobody' },
    settings: { field: 'Город', value: 'Москва' },
    event: { type: 'schedule-ticked' },
    expect: { port: 'error', effects: [] },
  },
];
