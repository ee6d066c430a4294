import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Finding } from '../../../rules/index.js';
import type { CompareLayer } from './compare/compare-graphs.js';
import type { CoverageLayer } from './proving/coverage-layer.js';
import type { TestMark } from './proving/test-marks.js';
import type { RunLayer } from './run-layer.js';
import type { CountsLayer } from './seeing/counts-layer.js';
import type { Key } from './things.js';

/** What lies over the cards and belongs to no graph: problems, counts, a run. */
export interface Layers {
  findings: readonly Finding[];
  /** The findings of each step, by its id. */
  byNode: ReadonlyMap<string, readonly Finding[]>;
  /** How often each step ran and each exit was taken; undefined while the layer is off. */
  counts: CountsLayer | undefined;
  /** Names of users and channels by their ids, for texts that know ids only. */
  names: ReadonlyMap<string, string>;
  /** The run that is drawn on the canvas. */
  run: RunLayer | undefined;
  /** What a search found, by key; undefined while nothing is looked for. */
  found: ReadonlySet<Key> | undefined;
  /** What changed between two versions, while they are compared. */
  compare: CompareLayer | undefined;
  /** What tests, live runs or a backtest reached; undefined while that layer is off. */
  coverage: CoverageLayer | undefined;
  /** Steps of the live version that have not run for 30 days, with when they last did. */
  idle: ReadonlyMap<string, string | null>;
  /** Steps through which tests went, red and green, by id. */
  testMarks: ReadonlyMap<string, TestMark>;
}

export type LayerStore = StoreApi<Layers>;

export function createLayerStore(): LayerStore {
  return createStore<Layers>()(() => ({
    findings: [],
    byNode: new Map(),
    counts: undefined,
    names: new Map(),
    run: undefined,
    found: undefined,
    compare: undefined,
    coverage: undefined,
    idle: new Map(),
    testMarks: new Map(),
  }));
}

/** Takes a new list of findings; steps whose findings are the same keep theirs, so only the others are drawn again. */
export function setFindings(store: LayerStore, findings: readonly Finding[]): void {
  const { byNode: before } = store.getState();
  const byNode = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.node === undefined) continue;
    const list = byNode.get(finding.node);
    if (list) list.push(finding);
    else byNode.set(finding.node, [finding]);
  }
  const kept = new Map<string, readonly Finding[]>();
  for (const [id, list] of byNode) {
    const old = before.get(id);
    kept.set(id, old && JSON.stringify(old) === JSON.stringify(list) ? old : list);
  }
  store.setState({ findings, byNode: kept });
}

export const LayerStoreContext = createContext<LayerStore | undefined>(undefined);

/** @throws Error outside a page that provides layers */
export function useLayerStore(): LayerStore {
  const store = useContext(LayerStoreContext);
  if (!store) throw new Error('No layer store above this component');
  return store;
}

export function useLayers<Part>(part: (layers: Layers) => Part): Part {
  return useStore(useLayerStore(), part);
}
