import { useEffect, useState } from 'react';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconRouteOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { draft, type RuleSet } from '../../../api/rule-sets.js';
import type { RuleGraph } from '../../../rules/index.js';
import { api } from '../api-client.js';
import { useLiveQuery } from '../live.js';
import { can, useMe } from '../session.js';
import { EmptyState } from '../ui/empty-state.js';
import { usePageTitle } from '../ui/page.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { CompareView } from './compare/compare-view.js';
import { Editor } from './editor.js';
import { GraphProviders } from './graph-providers.js';
import { createGraphStore } from './graph-store.js';
import { createLayerStore } from './layers.js';
import { FiguresPage } from './seeing/figures-page.js';
import { StoredRun } from './stored-run.js';
import { toGraph } from './to-graph.js';
import { useIsNarrow } from './use-is-narrow.js';
import { useRuleSets } from './use-rule-sets.js';
import { VersionView } from './version-view.js';

/**
 * One rule set: its draft under edit; with `?figures` what its steps did; with `?version=N` a version to read, with `?compare=A..B` two of them (`draft` is one too) against each other, with `?run=…` beside it a run drawn on it (`&message=…` of that message, `&at=…` with that step in sight).
 */
export function RuleSetPage() {
  const { id = '' } = useParams();
  const [query] = useSearchParams();
  const { t } = useTranslation('graph');
  const list = useRuleSets();
  useLiveQuery(['rule-set'], ['rule-sets']);
  const ruleSet = list.data?.find((one) => one.id === id);
  usePageTitle(ruleSet?.name ?? t('list.title'));

  if (list.isPending) return <Skeleton h="70vh" m="md" />;
  if (!list.data) return <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} m="md" />;
  if (!ruleSet) return <EmptyState icon={IconRouteOff} title={t('list.missing')} text={t('list.missingText')} />;
  const version = Number(query.get('version') ?? Number.NaN);
  const run = query.get('run');
  const message = query.get('message');
  if (run) return <StoredRun key={run} ruleSet={ruleSet} runId={run} messageId={message} />;
  const compared = query.get('compare');
  if (compared !== null) return <CompareView ruleSet={ruleSet} pair={compared} />;
  if (query.has('figures')) return <FiguresPage key={id} ruleSet={ruleSet} />;
  if (Number.isInteger(version)) return <VersionView key={version} ruleSet={ruleSet} version={version} />;
  return <Draft key={id} ruleSet={ruleSet} />;
}

function Draft({ ruleSet }: { ruleSet: RuleSet }) {
  // Read once for each visit: from then on the page itself is ahead of what the server has.
  const read = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'draft'],
    queryFn: () => api.get(`/api/rule-sets/${ruleSet.id}/draft`, draft),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const { t } = useTranslation('graph');
  if (read.isPending) return <Skeleton h="70vh" m="md" />;
  if (!read.data) return <ProblemAlert problem={read.error} onRetry={() => void read.refetch()} m="md" />;
  const graph = toGraph(read.data.graph);
  if (!graph) return <EmptyState icon={IconRouteOff} title={t('list.unreadable')} text={t('list.unreadableText')} />;
  return <DraftEditor ruleSet={ruleSet} saved={{ graph, revision: read.data.revision }} />;
}

function DraftEditor({ ruleSet, saved }: { ruleSet: RuleSet; saved: { graph: RuleGraph; revision: number } }) {
  const isNarrow = useIsNarrow();
  const { role } = useMe();
  const readOnly = isNarrow || !can(role, 'editRules');
  const [stores] = useState(() => ({ store: createGraphStore(saved.graph, { readOnly }), layers: createLayerStore() }));
  useEffect(() => stores.store.setState({ readOnly }), [stores, readOnly]);
  return (
    <GraphProviders {...stores}>
      <Editor ruleSet={ruleSet} saved={saved} isNarrow={isNarrow} />
    </GraphProviders>
  );
}

export default RuleSetPage;
