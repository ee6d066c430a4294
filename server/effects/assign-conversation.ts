import type { EffectHandler } from './effect-handler.js';
import { findUser } from './find-user.js';
import { applied, skipped } from './scene.js';

export const assignConversation: EffectHandler<'assign-conversation'> = (effect, scene) => {
  const user = findUser(scene.account, effect.user);
  if (!user) return skipped(`no active user «${effect.user}»`);
  scene.conversation.assigneeId = user.id;
  return applied;
};
