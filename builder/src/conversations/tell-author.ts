import type { TFunction } from 'i18next';
import type { Message } from '../../../api/messages.js';
import type { Language } from '../i18n.js';
import { stepName } from '../messages/step-name.js';

/** Who wrote a message, in words: the client, a person of ours by name, or the step of a version. `t` is of the conversations. */
export function tellAuthor(message: Message, language: Language, t: TFunction): string {
  const { direction, origin, contact, author, sentBy } = message;
  if (direction === 'in') return contact.name ?? (contact.username ? `@${contact.username}` : (contact.phone ?? t('ui:unnamed')));
  if (sentBy) return t('who.rules', { ruleSet: sentBy.ruleSet.name, version: sentBy.version, step: stepName(sentBy, language) });
  if (author) return author.name;
  return t(origin === 'rules' ? 'who.someRules' : `who.${origin}`, { defaultValue: origin });
}
