import type { EffectHandler } from './effect-handler.js';
import { applied, skipped } from './scene.js';

/** Tags that the deal has already stay where they are. */
export const addTags: EffectHandler<'add-tags'> = (effect, scene) => {
  if (!scene.deal) return skipped('no deal');
  const tags = [...new Set([...scene.deal.tags, ...effect.tags])];
  Object.assign(scene.deal, { tags, changed: true });
  return applied;
};
