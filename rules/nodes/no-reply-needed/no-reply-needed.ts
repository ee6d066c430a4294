import { plainAction } from '../../settings/plain-action.js';
import { examples } from './no-reply-needed.examples.js';

export type Settings = Record<string, never>;

/** Says that the conversation waits for no reply. */
export const noReplyNeeded = plainAction(
  { type: 'no-reply-needed' },
  {
    type: 'no-reply-needed',
    icon: 'IconMessageOff',
    title: { ru: 'Ответ не нужен', en: 'No reply needed' },
    description: { ru: 'Убирает беседу из ждущих ответа', en: 'Takes the conversation off those that wait for a reply' },
    summary: { ru: 'Беседа больше не ждёт ответа', en: 'The conversation no longer waits for a reply' },
    done: { ru: 'беседа больше не ждёт ответа', en: 'the conversation no longer waits for a reply' },
    examples,
  },
);
