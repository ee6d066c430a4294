import { useState } from 'react';
import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { versionWithGraph, type RuleSet } from '../../../api/rule-sets.js';
import { api } from '../api-client.js';
import { can, useMe } from '../session.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { When } from '../ui/when.js';
import { comparePath } from './compare/pair.js';
import { Presence } from './presence.js';
import { ReadOnlyGraph } from './read-only-graph.js';
import { RollBackNotice, useRollBack } from './roll-back.js';
import { SettingsPanel } from './settings-panel.js';
import { StepList } from './step-list.js';
import { toGraph } from './to-graph.js';
import { Versions } from './versions.js';
import classes from './editor.module.css';

/** A frozen version on the canvas, to read. */
export function VersionView({ ruleSet, version }: { ruleSet: RuleSet; version: number }) {
  const { t } = useTranslation('graph');
  const [query] = useSearchParams();
  const [areVersionsOpen, setAreVersionsOpen] = useState(false);
  const back = useRollBack(ruleSet);
  const canPublish = can(useMe().role, 'manage');
  const { data, error, refetch } = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'version', version],
    queryFn: () => api.get(`/api/rule-sets/${ruleSet.id}/versions/${version}`, versionWithGraph),
    staleTime: Infinity,
  });
  const graph = data && toGraph(data.graph);
  const isLive = ruleSet.publishedVersion === version;
  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <h1 className={classes.name} style={{ margin: 0 }}>
          {ruleSet.name}
        </h1>
        <Text size="sm" c="dimmed">
          {t(isLive ? 'versions.readingLive' : 'versions.reading', { version })}
          {data && (
            <>
              {' · '}
              {data.author}, <When at={data.publishedAt} />
            </>
          )}
        </Text>
        <span className={classes.spring} />
        <Presence ruleSetId={ruleSet.id} />
        <Group gap={8}>
          <Button component={Link} to={comparePath(ruleSet.id, { older: version, newer: 'draft' })} size="xs" variant="default">
            {t('compare.withDraft')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setAreVersionsOpen(true)}>
            {t('bar.versions')}
          </Button>
          {!isLive && canPublish && data && !data.isCandidate && (
            <Button size="xs" variant="default" loading={back.isPending} onClick={() => back.mutate(version)}>
              {t('versions.back')}
            </Button>
          )}
          <Button component={Link} to={`/rules/${ruleSet.id}`} size="xs">
            {t('versions.toDraft')}
          </Button>
        </Group>
      </header>
      <ProblemAlert problem={error} onRetry={() => void refetch()} m="md" />
      <RollBackNotice back={back} radius={0} />
      {!data && !error && <Skeleton h="60vh" m="md" />}
      {graph && (
        <ReadOnlyGraph graph={graph} start={query.get('at') ?? undefined}>
          {({ jump, hasSelection, directory }) => (hasSelection ? <SettingsPanel directory={directory} /> : <StepList onJump={jump} />)}
        </ReadOnlyGraph>
      )}
      {areVersionsOpen && <Versions ruleSet={ruleSet} shown={version} onClose={() => setAreVersionsOpen(false)} />}
    </div>
  );
}
