import type { EffectHandler } from './effect-handler.js';
import { applied } from './scene.js';

/** A new deal beside those that are there: whether one was wanted, the rules decided. */
export const openDeal: EffectHandler<'open-deal'> = (_effect, scene) => {
  scene.openDeal();
  return applied;
};
