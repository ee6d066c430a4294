import { plainAction } from '../../settings/plain-action.js';
import { examples } from './close-conversation.examples.js';

export type Settings = Record<string, never>;

/** Closes the conversation. */
export const closeConversation = plainAction(
  { type: 'close-conversation' },
  {
    type: 'close-conversation',
    icon: 'IconMessageCircleCheck',
    title: { ru: 'Закрыть беседу', en: 'Close the conversation' },
    description: {
      ru: 'Закрывает беседу; новое сообщение клиента откроет следующую',
      en: 'Closes the conversation; the client’s next message opens another',
    },
    summary: { ru: 'Беседа закрывается', en: 'The conversation is closed' },
    done: { ru: 'беседа закрывается', en: 'the conversation is closed' },
    examples,
  },
);
