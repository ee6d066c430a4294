import { channelTrigger, type ChannelTriggerSettings } from '../../settings/channel-trigger.js';
import { examples } from './on-subscribed.examples.js';

export type Settings = ChannelTriggerSettings;

/** Starts when a contact subscribes. */
export const onSubscribed = channelTrigger('contact-subscribed', {
  type: 'on-subscribed',
  icon: 'IconUserPlus',
  title: { ru: 'Подписка', en: 'Subscription' },
  description: {
    ru: 'Начинает прогон, когда клиент подписался на бота или сообщество',
    en: 'Starts a run when a client subscribed to the bot or the community',
  },
  examples,
});
