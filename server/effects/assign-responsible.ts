import type { EffectHandler } from './effect-handler.js';
import { findUser } from './find-user.js';
import { applied, skipped } from './scene.js';

export const assignResponsible: EffectHandler<'assign-responsible'> = (effect, scene) => {
  if (!scene.deal) return skipped('no deal');
  const user = findUser(scene.account, effect.user);
  if (!user) return skipped(`no active user «${effect.user}»`);
  Object.assign(scene.deal, { responsibleId: user.id, changed: true });
  return applied;
};
