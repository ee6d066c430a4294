import { useMemo } from 'react';
import { ActionIcon, Button, Select, Skeleton, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowLeft, IconArrowRight, IconArrowsExchange, IconGitCompare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { pageOf } from '../../../../api/page.js';
import { draft, version, versionWithGraph, type RuleSet, type Version } from '../../../../api/rule-sets.js';
import type { RuleGraph } from '../../../../rules/index.js';
import { api } from '../../api-client.js';
import { useLanguage } from '../../i18n.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { namesOf } from '../name-ids.js';
import { Presence } from '../presence.js';
import { ReadOnlyGraph } from '../read-only-graph.js';
import { toGraph } from '../to-graph.js';
import { useAllDirectory } from '../use-directory.js';
import { compareGraphs } from './compare-graphs.js';
import { DifferenceList } from './difference-list.js';
import { comparePath, parsePair, type Compared, type Pair } from './pair.js';
import classes from '../editor.module.css';

/** Two versions of a rule set, or one and the draft, against each other on the canvas. */
export function CompareView({ ruleSet, pair: text }: { ruleSet: RuleSet; pair: string }) {
  const { t } = useTranslation('graph');
  const navigate = useNavigate();
  const pair = parsePair(text);
  const versions = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'versions', 'all'],
    queryFn: () => api.get(`/api/rule-sets/${ruleSet.id}/versions?limit=200`, pageOf(version)),
  });
  if (!pair) return <EmptyState icon={IconGitCompare} title={t('compare.missing')} text={t('compare.missingText')} />;
  const show = (next: Pair) => void navigate(comparePath(ruleSet.id, next));
  const choices = sidesOf(versions.data?.items ?? [], pair, t);
  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <ActionIcon component={Link} to={`/rules/${ruleSet.id}`} variant="subtle" color="gray" aria-label={t('versions.toDraft')}>
          <IconArrowLeft size={18} />
        </ActionIcon>
        <h1 className={classes.name} style={{ margin: 0 }} title={ruleSet.name}>
          {t('compare.title', { name: ruleSet.name })}
        </h1>
        <Side label={t('compare.older')} value={pair.older} choices={choices} onChange={(older) => show({ ...pair, older })} />
        <IconArrowRight size={16} aria-hidden />
        <Side label={t('compare.newer')} value={pair.newer} choices={choices} onChange={(newer) => show({ ...pair, newer })} />
        <Tooltip label={t('compare.swap')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('compare.swap')}
            onClick={() => show({ older: pair.newer, newer: pair.older })}
          >
            <IconArrowsExchange size={18} />
          </ActionIcon>
        </Tooltip>
        <span className={classes.spring} />
        <Presence ruleSetId={ruleSet.id} />
        <Button component={Link} to={`/rules/${ruleSet.id}`} size="xs" variant="default">
          {t('versions.toDraft')}
        </Button>
      </header>
      <Comparing key={text} ruleSet={ruleSet} pair={pair} />
    </div>
  );
}

function Comparing({ ruleSet, pair }: { ruleSet: RuleSet; pair: Pair }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const older = useGraphOf(ruleSet.id, pair.older);
  const newer = useGraphOf(ruleSet.id, pair.newer);
  const directory = useAllDirectory();
  const comparison = useMemo(() => {
    if (!older.data || !newer.data || !directory) return undefined;
    return compareGraphs(older.data, newer.data, { language, t, names: namesOf(directory) });
  }, [older.data, newer.data, directory, language, t]);
  const error = older.error ?? newer.error;
  if (error) return <ProblemAlert problem={error} onRetry={() => void Promise.all([older.refetch(), newer.refetch()])} m="md" />;
  if (older.data === null || newer.data === null) {
    return <EmptyState icon={IconGitCompare} title={t('list.unreadable')} text={t('list.unreadableText')} />;
  }
  if (!comparison) return <Skeleton h="60vh" m="md" />;
  return (
    <ReadOnlyGraph graph={comparison.graph} compare={comparison.layer} panelName={t('compare.list')}>
      {({ jump }) => <DifferenceList differences={comparison.differences} equal={comparison.equal} onJump={jump} />}
    </ReadOnlyGraph>
  );
}

/** The graph of a version or of the saved draft; null for one that cannot be drawn. */
function useGraphOf(ruleSetId: string, which: Compared) {
  return useQuery({
    queryKey: which === 'draft' ? ['rule-set', ruleSetId, 'compared-draft'] : ['rule-set', ruleSetId, 'compared', which],
    queryFn: async (): Promise<RuleGraph | null> => {
      const path = which === 'draft' ? 'draft' : `versions/${which}`;
      const { graph } = await api.get(`/api/rule-sets/${ruleSetId}/${path}`, which === 'draft' ? draft : versionWithGraph);
      return toGraph(graph) ?? null;
    },
    // Read anew whenever it is opened: a draft may be another by now.
    staleTime: which === 'draft' ? 0 : Infinity,
    gcTime: which === 'draft' ? 0 : undefined,
    refetchOnWindowFocus: false,
  });
}

interface SideProps {
  label: string;
  value: Compared;
  choices: { value: string; label: string }[];
  onChange: (value: Compared) => void;
}

function Side({ label, value, choices, onChange }: SideProps) {
  return (
    <Select
      size="xs"
      w={190}
      aria-label={label}
      allowDeselect={false}
      data={choices}
      value={String(value)}
      onChange={(chosen) => chosen !== null && onChange(chosen === 'draft' ? 'draft' : Number(chosen))}
    />
  );
}

/** What can be compared: the draft, then the versions, newest first. One of the address that the list does not have yet is offered too. */
function sidesOf(versions: readonly Version[], { older, newer }: Pair, t: (key: string, values?: Record<string, unknown>) => string) {
  const numbers = new Set([...versions.map((one) => one.version), ...[older, newer].filter((one) => one !== 'draft')]);
  const live = versions.find((one) => one.live)?.version;
  return [
    { value: 'draft', label: t('state.draft') },
    ...[...numbers]
      .sort((a, b) => b - a)
      .map((number) => ({
        value: String(number),
        label: t(number === live ? 'compare.liveVersion' : 'versions.one', { version: number }),
      })),
  ];
}
