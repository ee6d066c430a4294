import { v7 as uuid } from 'uuid';
import type { EffectHandler } from './effect-handler.js';
import { applied } from './scene.js';

export const addNote: EffectHandler<'add-note'> = (effect, scene) => {
  const { conversation, deal } = scene;
  scene.rows.notes.push({
    id: uuid(),
    contactId: conversation.contactId,
    conversationId: conversation.id,
    dealId: deal?.id ?? null,
    text: effect.text,
  });
  return applied;
};
