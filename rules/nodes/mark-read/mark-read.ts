import { plainAction } from '../../settings/plain-action.js';
import { examples } from './mark-read.examples.js';

export type Settings = Record<string, never>;

/** Marks the conversation read. */
export const markRead = plainAction(
  { type: 'mark-read' },
  {
    type: 'mark-read',
    icon: 'IconChecks',
    title: { ru: 'Прочитано', en: 'Mark read' },
    description: { ru: 'Отмечает сообщения клиента прочитанными в мессенджере', en: 'Marks the client’s messages read in the messenger' },
    summary: { ru: 'Отметить прочитанным', en: 'Mark as read' },
    done: { ru: 'сообщения отмечаются прочитанными', en: 'the messages are marked read' },
    examples,
  },
);
