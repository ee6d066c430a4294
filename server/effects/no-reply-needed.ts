import type { EffectHandler } from './effect-handler.js';
import { applied } from './scene.js';

/** The conversation waits for nobody; the silence that rules measure has ended in the engine already. */
export const noReplyNeeded: EffectHandler<'no-reply-needed'> = (_effect, scene) => {
  scene.conversation.needsAnswer = false;
  return applied;
};
