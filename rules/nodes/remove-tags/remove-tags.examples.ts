import type { Example } from '../../node-type.js';
import type { Settings } from './remove-tags.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Снять два тега', en: 'Take off two tags' },
    settings: { tags: 'ждёт ответа, из %DOMAIN%' },
    event: { type: 'message-received', message: { text: 'Спасибо' }, channel: { kind: 'vk' } },
    expect: { port: 'next', effects: [{ type: 'remove-tags', tags: ['ждёт ответа', 'из ВКонтакте'] }] },
  },
  {
    title: { ru: 'Снимать не с кого', en: 'There is nobody to take them off' },
    settings: { tags: 'ждёт ответа' },
    event: { type: 'schedule-ticked' },
    expect: { port: 'error', effects: [] },
  },
];
