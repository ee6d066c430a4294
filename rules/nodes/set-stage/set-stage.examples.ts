import type { Example } from '../../node-type.js';
import type { Settings } from './set-stage.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Этап названной воронки', en: 'A stage of a named pipeline' },
    settings: { pipeline: 'Воронка', stage: 'Первичный контакт' },
    event: { type: 'message-received', message: { text: 'Привет' } },
    expect: { port: 'next', effects: [{ type: 'set-stage', pipeline: 'Воронка', stage: 'Первичный контакт' }] },
  },
  {
    title: { ru: 'Этап воронки самой сделки', en: 'A stage of the deal’s own pipeline' },
    settings: { stage: 'Переговоры' },
    event: { type: 'message-received', message: { text: 'Привет' }, deal: { id: 'd1', pipeline: 'Опт' } },
    expect: { port: 'next', effects: [{ type: 'set-stage', stage: 'Переговоры' }] },
  },
  {
    title: { ru: 'Событие ни о ком', en: 'An event about nobody' },
    settings: { stage: 'Переговоры' },
    event: { type: 'schedule-ticked' },
    expect: { port: 'error', effects: [] },
  },
];
