import type { LayerChoice } from '../proving/layer-choice.js';

/** What a layer is called in menus and over the canvas. */
export function layerName(layer: LayerChoice, t: (key: string, values?: Record<string, unknown>) => string): string {
  if (layer.kind === 'counts') return t(`passed.counts.${layer.days}`);
  return layer.kind === 'live' ? t('cover.layer.live', { count: layer.days }) : t(`cover.layer.${layer.kind}`);
}
