import { v7 as uuid } from 'uuid';
import type { EffectHandler } from './effect-handler.js';
import { applied, skipped } from './scene.js';

/** Queues the request; server/messaging/http-calls.ts makes it after the commit, once. */
export const callHttp: EffectHandler<'call-http'> = ({ method, url, headers, body }, scene) => {
  const { ruleSetId, node, conversation, awaited } = scene;
  if (!awaited) return skipped('nothing waits for the answer');
  const request = { method, url, ...(headers && { headers }), ...(body !== undefined && { body }) };
  scene.rows.calls.push({ id: uuid(), conversationId: conversation.id, ruleSetId, node, request, ...awaited });
  return applied;
};
