import type { Example } from '../../node-type.js';
import type { Settings } from './export.js';

const event = { type: 'message-received' as const, message: { text: 'Привет' } };

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Только в одну из CRM', en: 'To one of the CRMs only' },
    settings: { to: ['amo-1'] },
    event,
    expect: { port: 'next', effects: [{ type: 'export', to: ['amo-1'] }] },
  },
  {
    title: { ru: 'Никуда', en: 'Nowhere' },
    settings: {},
    event,
    expect: { port: 'next', effects: [{ type: 'export', to: [] }] },
  },
  {
    title: { ru: 'Выгружать нечего', en: 'There is nothing to export' },
    settings: { to: ['amo-1'] },
    event: { type: 'schedule-ticked' },
    expect: { port: 'error', effects: [] },
  },
];
