import type { Example } from '../../node-type.js';
import type { Settings } from './hold-outbound.js';

const mailing = { type: 'message-sent' as const, message: { text: 'Скидки', origin: 'mailing' as const } };

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Рассылка до первого ответа клиента откладывается', en: 'A mailing before the client’s first answer is held' },
    settings: {},
    event: mailing,
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Клиент уже писал в этой беседе', en: 'The client has written in this conversation' },
    settings: {},
    event: { ...mailing, conversation: { id: 'v1', inbound: 2, outbound: 1 } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Клиент ответил раньше, и правила это помнят', en: 'The client answered before, and the rules remember' },
    settings: { release: 'never' },
    event: mailing,
    memory: { outbound: { answered: true, held: [] } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Сообщение клиента проходит', en: 'A client’s message passes' },
    settings: { release: 'never' },
    event: { type: 'message-received', message: { text: 'Интересно' } },
    expect: { port: 'pass' },
  },
];
