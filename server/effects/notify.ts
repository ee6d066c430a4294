import { v7 as uuid } from 'uuid';
import type { EffectHandler } from './effect-handler.js';
import { findUser } from './find-user.js';
import { applied, skipped, type AccountState, type DealState } from './scene.js';

/** One notice per person, however many of the recipients' names mean him. */
export const notify: EffectHandler<'notify'> = (effect, scene) => {
  const people = peopleOf(effect.to, scene.account, scene.deal);
  if (people.length === 0) return skipped('nobody to notify');
  for (const userId of people)
    scene.rows.notifications.push({ id: uuid(), userId, text: effect.text, conversationId: scene.conversation.id });
  return applied;
};

/** The users that recipients mean, each once: `all`, the deal's `responsible`, users by id, name or mail. */
export function peopleOf(recipients: readonly string[], account: AccountState, deal: DealState | undefined): string[] {
  const people = new Set<string>();
  for (const to of recipients) {
    if (to === 'all') for (const user of account.users) people.add(user.id);
    else if (to === 'responsible') {
      if (deal?.responsibleId) people.add(deal.responsibleId);
    } else {
      const user = findUser(account, to);
      if (user) people.add(user.id);
    }
  }
  return [...people];
}
