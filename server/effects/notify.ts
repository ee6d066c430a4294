import { v7 as uuid } from 'uuid';
import type { EffectHandler } from './effect-handler.js';
import { findUser } from './find-user.js';
import { applied, skipped } from './scene.js';

/** One notice per person, however many of the recipients' names mean him. */
export const notify: EffectHandler<'notify'> = (effect, scene) => {
  const people = new Set<string>();
  for (const to of effect.to) {
    if (to === 'all') for (const user of scene.account.users) people.add(user.id);
    else if (to === 'responsible') {
      if (scene.deal?.responsibleId) people.add(scene.deal.responsibleId);
    } else {
      const user = findUser(scene.account, to);
      if (user) people.add(user.id);
    }
  }
  if (people.size === 0) return skipped('nobody to notify');
  for (const userId of people)
    scene.rows.notifications.push({ id: uuid(), userId, text: effect.text, conversationId: scene.conversation.id });
  return applied;
};
