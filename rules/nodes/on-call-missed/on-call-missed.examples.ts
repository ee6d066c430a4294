import type { Example } from '../../node-type.js';
import type { Settings } from './on-call-missed.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Пропущенный звонок с любого канала', en: 'A missed call on any channel' },
    settings: {},
    event: { type: 'call-missed', contact: { phone: '79996665544' }, channel: { id: 'line-1', kind: 'whatsapp' } },
    expect: { starts: true },
  },
  {
    title: { ru: 'Звонок на другой номер', en: 'A call to another number' },
    settings: { channels: ['line-2'] },
    event: { type: 'call-missed', contact: { phone: '79996665544' }, channel: { id: 'line-1', kind: 'whatsapp' } },
    expect: { starts: false },
  },
  {
    title: { ru: 'Сообщение — не звонок', en: 'A message is no call' },
    settings: {},
    event: { type: 'message-received', message: { text: 'Перезвоните' } },
    expect: { starts: false },
  },
];
