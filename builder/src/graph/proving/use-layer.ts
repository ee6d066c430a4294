import { useEffect } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { nodeCounts } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { useLiveQuery } from '../../live.js';
import { useRuleGraph } from '../graph-store.js';
import { useLayerStore } from '../layers.js';
import { toCountsLayer } from '../seeing/counts-layer.js';
import { toCoverageLayer, toLiveReach } from './coverage-layer.js';
import { useLastReach } from './last-reach.js';
import type { LayerChoice } from './layer-choice.js';
import { marksOf, type TestMark } from './test-marks.js';
import type { TestsRun } from './use-tests.js';

interface Shown {
  layer: LayerChoice;
  tests: TestsRun;
  /** Green marks are shown beside the list of tests; red ones always. */
  showsPassed: boolean;
}

/** Lays the chosen layer over the canvas, and the marks of the tests. */
export function useLayer(ruleSet: { id: string; name: string }, { layer, tests, showsPassed }: Shown): void {
  const store = useLayerStore();
  const graph = useRuleGraph();
  const days = 'days' in layer ? layer.days : undefined;
  const key = ['rule-set', ruleSet.id, 'counts'];
  const { data } = useQuery({
    queryKey: [...key, days],
    queryFn: () => api.get(`/api/rule-sets/${ruleSet.id}/counts?days=${days}`, nodeCounts),
    enabled: days !== undefined,
    placeholderData: keepPreviousData,
    // What is older than the days goes without news of it.
    refetchInterval: 60_000,
  });
  useLiveQuery(['message'], key, 2000);
  const reach = tests.played?.reach;
  const backtest = useLastReach(ruleSet.id, layer.kind === 'backtest')?.reached;

  const countsDays = layer.kind === 'counts' ? layer.days : undefined;
  useEffect(() => {
    const of = countsDays && { ruleSetId: ruleSet.id, days: countsDays };
    store.setState({ counts: of && data && toCountsLayer(graph, data, of) });
  }, [store, countsDays, data, graph, ruleSet.id]);

  useEffect(() => {
    const byTests = layer.kind === 'tests' && reach ? toCoverageLayer('tests', reach) : undefined;
    const live = layer.kind === 'live' && data ? toCoverageLayer('live', toLiveReach(graph, data)) : undefined;
    const played = layer.kind === 'backtest' && backtest ? toCoverageLayer('backtest', backtest) : undefined;
    store.setState({ coverage: byTests ?? live ?? played });
  }, [store, layer.kind, reach, data, backtest, graph]);

  const results = tests.played?.results;
  useEffect(() => {
    const marks = marksOf(results ?? [], ruleSet.name);
    const shown =
      showsPassed || layer.kind === 'tests' ? marks : new Map<string, TestMark>([...marks].filter(([, mark]) => mark === 'failed'));
    store.setState({ testMarks: shown });
  }, [store, results, ruleSet.name, showsPassed, layer.kind]);
}
