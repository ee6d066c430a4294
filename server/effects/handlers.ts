import type { EffectBody, EffectType } from '../../rules/index.js';
import { addNote } from './add-note.js';
import { addTags } from './add-tags.js';
import { assignConversation } from './assign-conversation.js';
import { assignResponsible } from './assign-responsible.js';
import { callHttp } from './call-http.js';
import { closeConversation } from './close-conversation.js';
import { createTask } from './create-task.js';
import type { EffectHandler } from './effect-handler.js';
import { exportMessage } from './export-message.js';
import { markRead } from './mark-read.js';
import { noReplyNeeded } from './no-reply-needed.js';
import { notify } from './notify.js';
import { openDeal } from './open-deal.js';
import { recordScore } from './record-score.js';
import { removeTags } from './remove-tags.js';
import type { Applied, Scene } from './scene.js';
import { sendMessage } from './send-message.js';
import { setField } from './set-field.js';
import { setStage } from './set-stage.js';

/** One line per effect: a new effect without a handler does not compile. */
const handlers: { [Type in EffectType]: EffectHandler<Type> } = {
  'send-message': sendMessage,
  'add-note': addNote,
  'open-deal': openDeal,
  'set-stage': setStage,
  'assign-responsible': assignResponsible,
  'add-tags': addTags,
  'remove-tags': removeTags,
  'set-field': setField,
  'create-task': createTask,
  notify,
  'mark-read': markRead,
  'close-conversation': closeConversation,
  'no-reply-needed': noReplyNeeded,
  'assign-conversation': assignConversation,
  export: exportMessage,
  'record-score': recordScore,
  'call-http': callHttp,
};

/** Applies one effect to the scene by the handler of its type. */
export function applyEffect(effect: EffectBody, scene: Scene): Applied {
  const handler = handlers[effect.type] as EffectHandler<EffectType>;
  return handler(effect, scene);
}
