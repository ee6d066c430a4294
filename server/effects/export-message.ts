import type { EffectHandler } from './effect-handler.js';
import { applied, skipped } from './scene.js';

/** Narrows the export of the event's own message, or lets go of an earlier one that was held back. */
export const exportMessage: EffectHandler<'export'> = (effect, scene) => {
  if ('event' in effect) {
    scene.rows.released.push(effect.event);
    return applied;
  }
  const wanted = new Set(effect.to);
  const known = scene.account.crmConnections.filter(({ id, name }) => wanted.has(id) || wanted.has(name));
  if (known.length === 0) return skipped(`no active connection «${effect.to.join('», «')}»`);
  scene.exportTo(known.map(({ id }) => id));
  return applied;
};
