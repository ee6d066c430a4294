import type { EffectBody, EffectType } from '../../rules/index.js';
import { addNote } from './add-note.js';
import { addTags } from './add-tags.js';
import { assignResponsible } from './assign-responsible.js';
import { createTask } from './create-task.js';
import type { EffectHandler } from './effect-handler.js';
import { notify } from './notify.js';
import { openDeal } from './open-deal.js';
import { removeTags } from './remove-tags.js';
import type { Applied, Scene } from './scene.js';
import { sendMessage } from './send-message.js';
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
  'create-task': createTask,
  notify,
};

/** Applies one effect to the scene by the handler of its type. */
export function applyEffect(effect: EffectBody, scene: Scene): Applied {
  const handler = handlers[effect.type] as EffectHandler<EffectType>;
  return handler(effect, scene);
}
