import { v7 as uuid } from 'uuid';
import type { EffectHandler } from './effect-handler.js';
import { findUser } from './find-user.js';
import { applied, skipped } from './scene.js';

/** The task goes to the deal's present responsible or to the user named; without a responsible it stands open to everybody. */
export const createTask: EffectHandler<'create-task'> = (effect, scene) => {
  const { conversation, deal } = scene;
  const named = effect.to === 'responsible' ? undefined : findUser(scene.account, effect.to);
  if (effect.to !== 'responsible' && !named) return skipped(`no active user «${effect.to}»`);
  scene.rows.tasks.push({
    id: uuid(),
    contactId: conversation.contactId,
    conversationId: conversation.id,
    dealId: deal?.id ?? null,
    text: effect.text,
    mode: effect.mode,
    assigneeId: named?.id ?? deal?.responsibleId ?? null,
    dueAt: effect.due,
  });
  if (effect.mode === 'one-per-deal') {
    if (deal) scene.noteOpenTask(deal);
    else conversation.hasOpenTask = true;
  }
  return applied;
};
