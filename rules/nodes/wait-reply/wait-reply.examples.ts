import type { Example } from '../../node-type.js';
import type { Settings } from './wait-reply.js';

const event = { at: '2026-03-02T09:00:00Z', message: { text: '42-й' }, contact: { id: '7' } };
const noon = Date.parse(event.at);

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Ждёт час', en: 'Waits for an hour' },
    settings: {},
    event,
    expect: { port: 'wait', wait: { due: noon + 3_600_000, for: 'reply' } },
  },
  {
    title: { ru: 'Ответ запоминается', en: 'The reply is kept' },
    settings: { variable: 'размер' },
    event,
    wake: { by: 'reply' },
    expect: { port: 'reply', set: { размер: '42-й' } },
  },
  {
    title: { ru: 'Картинка без подписи — тоже ответ', en: 'A picture without a caption is a reply as well' },
    settings: { variable: 'size' },
    event: { ...event, message: { kind: 'image' } },
    wake: { by: 'reply' },
    expect: { port: 'reply', set: { size: '' } },
  },
  {
    title: { ru: 'Клиент промолчал', en: 'The client kept silent' },
    settings: { timeout: 'PT30M' },
    event,
    wake: { by: 'time' },
    expect: { port: 'timeout' },
  },
];
