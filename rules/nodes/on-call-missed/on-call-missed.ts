import { channelTrigger, type ChannelTriggerSettings } from '../../settings/channel-trigger.js';
import { examples } from './on-call-missed.examples.js';

export type Settings = ChannelTriggerSettings;

/** Starts on calls that nobody answered. */
export const onCallMissed = channelTrigger('call-missed', {
  type: 'on-call-missed',
  icon: 'IconPhoneX',
  title: { ru: 'Пропущенный звонок', en: 'Missed call' },
  description: { ru: 'Начинает прогон, когда на звонок клиента не ответили', en: 'Starts a run when nobody answered a client’s call' },
  examples,
});
