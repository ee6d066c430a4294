import type { EffectHandler } from './effect-handler.js';
import { applied } from './scene.js';

export const markRead: EffectHandler<'mark-read'> = (_effect, scene) => {
  scene.conversation.unread = 0;
  return applied;
};
