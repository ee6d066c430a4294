import type { Example } from '../../node-type.js';
import type { Settings } from './create-task.js';

const event = { type: 'message-received' as const, at: '2026-03-02T23:58:00+03:00', message: { text: 'Привет' } };

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Без настроек: ответить за пять минут', en: 'Without settings: answer within five minutes' },
    settings: {},
    event,
    expect: {
      port: 'next',
      effects: [{ type: 'create-task', text: 'Ответить клиенту', due: '2026-03-02T21:03:00Z', mode: 'one-per-deal', to: 'responsible' }],
    },
  },
  {
    title: { ru: 'Пока задача открыта, второй нет', en: 'While a task is open there is no second' },
    settings: {},
    event,
    memory: { openTask: true },
    expect: { port: 'next', effects: [] },
  },
  {
    title: { ru: 'Задача на каждое сообщение', en: 'A task for each message' },
    settings: { mode: 'every-message', text: 'Перезвонить: %PHONE%', due: 'P1D', to: 'anna' },
    event: { ...event, contact: { phone: '79996665544' } },
    memory: { openTask: true },
    expect: {
      port: 'next',
      effects: [{ type: 'create-task', text: 'Перезвонить: 79996665544', due: '2026-03-03T20:58:00Z', mode: 'every-message', to: 'anna' }],
    },
  },
];
