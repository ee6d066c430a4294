/** Which layer lies over the canvas: one at a time. */
export type LayerChoice =
  | { kind: 'none' }
  | { kind: 'counts'; days: LayerDays }
  | { kind: 'tests' }
  | { kind: 'live'; days: LayerDays }
  | { kind: 'backtest' };

export const layerDays = [1, 7, 30] as const;
export type LayerDays = (typeof layerDays)[number];

export const noLayer: LayerChoice = { kind: 'none' };

/** A name for a layer in lists and menus. */
export function layerKey(layer: LayerChoice): string {
  return 'days' in layer ? `${layer.kind}${layer.days}` : layer.kind;
}

/** All layers, in the order in which they are offered. */
export const allLayers: readonly LayerChoice[] = [
  noLayer,
  ...layerDays.map((days): LayerChoice => ({ kind: 'counts', days })),
  { kind: 'tests' },
  ...layerDays.map((days): LayerChoice => ({ kind: 'live', days })),
  { kind: 'backtest' },
];
