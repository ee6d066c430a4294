import type { Example } from '../../node-type.js';
import type { Settings } from './on-score-requested.js';

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Оператор просит об оценке', en: 'An operator asks for a score' },
    settings: {},
    event: { type: 'score-requested', conversation: { id: 'v1', status: 'open' }, contact: { id: '42' } },
    expect: { starts: true },
  },
  {
    title: { ru: 'Канал не из списка', en: 'The channel is not listed' },
    settings: { channels: ['telegram'] },
    event: { type: 'score-requested', conversation: { id: 'v1' }, channel: { kind: 'avito' } },
    expect: { starts: false },
  },
  {
    title: { ru: 'Закрытая беседа сама оценки не просит', en: 'A closed conversation by itself asks for no score' },
    settings: {},
    event: { type: 'conversation-closed', conversation: { id: 'v1', status: 'closed' } },
    expect: { starts: false },
  },
];
