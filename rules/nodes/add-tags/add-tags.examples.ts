import type { Example } from '../../node-type.js';
import type { Settings } from './add-tags.js';

const event = {
  type: 'message-received' as const,
  message: { text: 'Привет' },
  channel: { kind: 'instagram', name: 'Директ', account: 'testercrm11', surface: 'direct' as const },
  contact: { id: '34371661357', name: 'Андрей', username: 'testercrm3' },
};

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Подстановка внутри тега', en: 'A substitution inside a tag' },
    settings: { tags: 'клиент %USERNAME%' },
    event,
    expect: { port: 'next', effects: [{ type: 'add-tags', tags: ['клиент testercrm3'] }] },
  },
  {
    title: { ru: 'Три тега через запятую', en: 'Three tags, separated by commas' },
    settings: { tags: 'чат, сделка из %DOMAIN%, клиент %NAME%' },
    event,
    expect: { port: 'next', effects: [{ type: 'add-tags', tags: ['чат', 'сделка из Instagram', 'клиент Андрей'] }] },
  },
  {
    title: { ru: 'Все сведения о канале и клиенте', en: 'All that is known of the channel and the client' },
    settings: { tags: '%DOMAIN%,%IDENTITY%,%SOURCE%,%CHANNEL%,%SOURCENAME%' },
    event: { ...event, channel: { ...event.channel, name: 'Инста' } },
    expect: { port: 'next', effects: [{ type: 'add-tags', tags: ['Instagram', '34371661357', 'testercrm11', 'Директ', 'Инста'] }] },
  },
  {
    title: { ru: 'В WhatsApp логин и ID — телефон', en: 'On WhatsApp the user name and the id are the phone' },
    settings: { tags: '%DOMAIN%, %NAME%, %USERNAME%, id %IDENTITY%' },
    event: { ...event, channel: { kind: 'whatsapp' }, contact: { id: '79999999999', name: 'Василий Петров', phone: '79999999999' } },
    expect: { port: 'next', effects: [{ type: 'add-tags', tags: ['WhatsApp', 'Василий Петров', '79999999999', 'id 79999999999'] }] },
  },
  {
    title: { ru: 'Запятая в имени клиента не делает второго тега', en: 'A comma in a client’s name makes no second tag' },
    settings: { tags: '%NAME%' },
    event: { ...event, contact: { name: 'Иванов, Пётр' } },
    expect: { port: 'next', effects: [{ type: 'add-tags', tags: ['Иванов, Пётр'] }] },
  },
  {
    title: { ru: 'Пустой тег не ставится', en: 'An empty tag is not added' },
    settings: { tags: '%PHONE%, , ' },
    event,
    expect: { port: 'next', effects: [] },
  },
];
