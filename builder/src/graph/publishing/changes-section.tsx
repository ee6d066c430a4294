import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconGitCompare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { versionWithGraph, type RuleSet } from '../../../../api/rule-sets.js';
import type { RuleGraph } from '../../../../rules/index.js';
import { api } from '../../api-client.js';
import { useLanguage } from '../../i18n.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ChangedValues } from '../compare/changed-values.js';
import { compareGraphs } from '../compare/compare-graphs.js';
import { CompareMark } from '../compare/compare-mark.js';
import { comparePath } from '../compare/pair.js';
import { useLayers } from '../layers.js';
import { toGraph } from '../to-graph.js';
import classes from '../compare/compare.module.css';

/** What the draft changes of what runs now, in words; moved cards are told on the canvas only. */
export function ChangesSection({ ruleSet, graph }: { ruleSet: RuleSet; graph: RuleGraph }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const names = useLayers((layers) => layers.names);
  const version = ruleSet.publishedVersion;
  const live = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'version', version],
    queryFn: () => api.get(`/api/rule-sets/${ruleSet.id}/versions/${version}`, versionWithGraph),
    enabled: version !== null,
    staleTime: Infinity,
  });
  if (version === null) return <Text>{t('publish.first')}</Text>;
  if (live.error) return <ProblemAlert problem={live.error} onRetry={() => void live.refetch()} />;
  if (!live.data) return <Skeleton h={80} />;
  const older = toGraph(live.data.graph);
  const changes = older && compareGraphs(older, graph, { language, t, names }).differences.filter(({ mark }) => mark !== 'moved');
  return (
    <div>
      <Title order={3} mb={6}>
        {t('publish.changes', { version })}
      </Title>
      {!changes && <Text size="sm">{t('list.unreadableText')}</Text>}
      {changes?.length === 0 && <Text size="sm">{t('publish.noChanges')}</Text>}
      {changes && changes.length > 0 && (
        <Stack component="ul" gap={10} m={0} p={0} fz="sm" style={{ listStyle: 'none' }}>
          {changes.map((one) => (
            <li key={one.key}>
              <span className={classes.title}>
                {one.title}
                <CompareMark mark={one.mark} />
              </span>
              <ChangedValues values={one.values} />
            </li>
          ))}
        </Stack>
      )}
      <Button
        component={Link}
        to={comparePath(ruleSet.id, { older: version, newer: 'draft' })}
        mt="sm"
        size="xs"
        variant="default"
        leftSection={<IconGitCompare size={16} aria-hidden />}
      >
        {t('compare.open')}
      </Button>
    </div>
  );
}
