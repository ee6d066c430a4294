import type { EffectHandler } from './effect-handler.js';
import { applied, skipped } from './scene.js';

/** A field of the deal or of the contact; which ones there are is free, as on their cards. */
export const setField: EffectHandler<'set-field'> = ({ entity, field, value, overwrite }, scene) => {
  const id = entity === 'deal' ? scene.deal?.id : scene.contact.id;
  if (id === undefined) return skipped('no deal');
  scene.rows.fields.push({ entity, id, field, value, overwrite: overwrite !== false });
  return applied;
};
