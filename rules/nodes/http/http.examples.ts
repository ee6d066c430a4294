import type { Example } from '../../node-type.js';
import type { Settings } from './http.js';

const event = {
  type: 'message-received' as const,
  at: '2026-03-02T20:10:00Z',
  message: { text: 'Где заказ "17"?\nИ \\ ещё' },
  contact: { name: 'Анна & Ко', phone: '+7 999' },
};
const due = Date.parse('2026-03-02T20:10:10Z');

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Слова клиента в адресе закодированы', en: 'A client’s words are encoded in an address' },
    settings: { url: 'https://example.org/find?name=%NAME%&phone=%PHONE%' },
    event,
    expect: {
      port: 'wait',
      wait: { due, for: 'answer' },
      effects: [
        {
          type: 'call-http',
          method: 'GET',
          url: 'https://example.org/find?name=%D0%90%D0%BD%D0%BD%D0%B0%20%26%20%D0%9A%D0%BE&phone=%2B7%20999',
        },
      ],
    },
  },
  {
    title: { ru: 'Кавычки и переносы не ломают JSON', en: 'Quotes and line breaks do not break the JSON' },
    settings: {
      method: 'POST',
      url: 'https://example.org/',
      body: '{"text": "%TEXT%"}',
      headers: { 'X-Client': '%TEXT%' },
      timeout: 'PT30S',
    },
    event,
    expect: {
      port: 'wait',
      wait: { due: Date.parse('2026-03-02T20:10:30Z'), for: 'answer' },
      effects: [
        {
          type: 'call-http',
          method: 'POST',
          url: 'https://example.org/',
          headers: { 'X-Client': 'Где заказ "17"? И \\ ещё' },
          body: '{"text": "Где заказ \\"17\\"?\\nИ \\\\ ещё"}',
        },
      ],
    },
  },
  {
    title: { ru: 'Форма вместо JSON', en: 'A form instead of JSON' },
    settings: {
      method: 'POST',
      url: 'https://example.org/',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'name=%NAME%',
    },
    event,
    expect: {
      port: 'wait',
      wait: { due, for: 'answer' },
      effects: [
        {
          type: 'call-http',
          method: 'POST',
          url: 'https://example.org/',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          body: 'name=%D0%90%D0%BD%D0%BD%D0%B0%20%26%20%D0%9A%D0%BE',
        },
      ],
    },
  },
  {
    title: { ru: 'Ответ 2xx', en: 'An answer of 2xx' },
    settings: { url: 'https://example.org/' },
    event,
    wake: { by: 'answer', status: 201, body: { order: 17 } },
    expect: { port: 'ok', set: { node: { status: 201, body: { order: 17 } } } },
  },
  {
    title: { ru: 'Ответ с ошибкой', en: 'An answer with an error' },
    settings: { url: 'https://example.org/' },
    event,
    wake: { by: 'answer', status: 404, body: 'нет' },
    expect: { port: 'error', set: { node: { status: 404, body: 'нет' } } },
  },
  {
    title: { ru: 'Ответа не дождались', en: 'No answer came' },
    settings: { url: 'https://example.org/' },
    event,
    wake: { by: 'time' },
    expect: { port: 'error', set: { node: { error: 'timeout' } } },
  },
];
