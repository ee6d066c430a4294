import type { EffectHandler } from './effect-handler.js';
import { applied, skipped } from './scene.js';

/** Closes the conversation; rules hear of it as `conversation-closed`, after this transaction. */
export const closeConversation: EffectHandler<'close-conversation'> = (_effect, scene) => {
  const { conversation } = scene;
  if (conversation.status === 'closed') return skipped('it is closed already');
  Object.assign(conversation, { status: 'closed', unread: 0, needsAnswer: false });
  scene.raise({ type: 'conversation-closed' });
  return applied;
};
