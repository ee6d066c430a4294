import { channelTrigger, type ChannelTriggerSettings } from '../../settings/channel-trigger.js';
import { examples } from './on-score-requested.examples.js';

export type Settings = ChannelTriggerSettings;

/** Starts when somebody asks that the client be asked for a score. */
export const onScoreRequested = channelTrigger('score-requested', {
  type: 'on-score-requested',
  icon: 'IconStar',
  title: { ru: 'Запрос оценки', en: 'Score request' },
  description: {
    ru: 'Начинает прогон, когда оператор или CRM просит клиента об оценке',
    en: 'Starts a run when an operator or the CRM asks the client for a score',
  },
  examples,
});
