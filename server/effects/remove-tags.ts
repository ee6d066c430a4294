import type { EffectHandler } from './effect-handler.js';
import { applied, skipped } from './scene.js';

export const removeTags: EffectHandler<'remove-tags'> = (effect, scene) => {
  if (!scene.deal) return skipped('no deal');
  const tags = scene.deal.tags.filter((tag) => !effect.tags.includes(tag));
  Object.assign(scene.deal, { tags, changed: true });
  return applied;
};
