import { v7 as uuid } from 'uuid';
import type { EffectHandler } from './effect-handler.js';
import { applied } from './scene.js';

/** The score belongs to the conversation that was asked, also when it was closed meanwhile. */
export const recordScore: EffectHandler<'record-score'> = ({ score, scale, bucket }, scene) => {
  const { conversation, event, ruleSetId, node } = scene;
  scene.rows.scores.push({
    id: uuid(),
    conversationId: conversation.id,
    contactId: conversation.contactId,
    ruleSetId,
    node,
    score,
    scale,
    bucket,
    at: event.at,
  });
  return applied;
};
