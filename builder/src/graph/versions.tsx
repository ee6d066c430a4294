import { useState } from 'react';
import { Badge, Button, Code, Drawer, Group, Menu, Stack, Text, Tooltip } from '@mantine/core';
import { IconDownload, IconGitCompare } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { version, versionWithGraph, type RuleSet, type RuleSetTrial, type Version } from '../../../api/rule-sets.js';
import { pageOf } from '../../../api/page.js';
import { api, withQuery } from '../api-client.js';
import { can, useMe } from '../session.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { When } from '../ui/when.js';
import { comparePath } from './compare/pair.js';
import { downloadGraph } from './graph-file.js';
import { RollBackNotice, useRollBack } from './roll-back.js';
import { toGraph } from './to-graph.js';
import { PublishVersion } from './trial/publish-version.js';
import { TrialBadge } from './trial/trial-badge.js';

/** The draft and the published versions, newest first: look at one on the canvas, compare it, take it as a file, let it go live again. */
export function Versions({ ruleSet, shown, onClose }: { ruleSet: RuleSet; shown?: number; onClose: () => void }) {
  const { t } = useTranslation('graph');
  const [published, setPublished] = useState<Version>();
  const back = useRollBack(ruleSet);
  const client = useQueryClient();
  const canPublish = can(useMe().role, 'manage');
  const versions = useInfiniteQuery({
    queryKey: ['rule-set', ruleSet.id, 'versions'],
    queryFn: ({ pageParam }) => api.get(withQuery(`/api/rule-sets/${ruleSet.id}/versions`, { cursor: pageParam }), pageOf(version)),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const known = versions.data?.pages.flatMap(({ items }) => items);
  const again = async () => {
    await client.invalidateQueries({ queryKey: ['rule-sets'] });
    await client.invalidateQueries({ queryKey: ['rule-set', ruleSet.id] });
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={420}
      title={t('versions.title', { name: ruleSet.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <ProblemAlert problem={versions.error} onRetry={() => void versions.refetch()} />
      <RollBackNotice back={back} mb="md" />
      {versions.isPending && <Text c="dimmed">{t('loading')}</Text>}
      {known?.length === 0 && <Text c="dimmed">{t('versions.none')}</Text>}
      <Stack gap="lg" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
        {known && known.length > 0 && <DraftLine ruleSet={ruleSet} newest={known[0]?.version} onClose={onClose} />}
        {known?.map((one, index) => (
          <VersionLine
            key={one.version}
            ruleSet={ruleSet}
            version={one}
            isShown={shown === one.version}
            trial={ruleSet.trial?.version === one.version ? ruleSet.trial : undefined}
            before={known[index + 1]?.version}
            onBack={canPublish && !one.live && !one.isCandidate ? () => back.mutate(one.version) : undefined}
            isGoingBack={back.isPending && back.variables === one.version}
            onPublish={canPublish && one.isCandidate ? () => setPublished(one) : undefined}
            onClose={onClose}
          />
        ))}
      </Stack>
      {versions.hasNextPage && (
        <Button mt="lg" size="xs" variant="default" loading={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          {t('versions.more')}
        </Button>
      )}
      {published && (
        <PublishVersion ruleSet={ruleSet} version={published.version} onClose={() => setPublished(undefined)} onPublished={again} />
      )}
    </Drawer>
  );
}

/** What is being edited, and how it stands to what was published last. */
function DraftLine({ ruleSet, newest, onClose }: { ruleSet: RuleSet; newest: number | undefined; onClose: () => void }) {
  const { t } = useTranslation('graph');
  const older = ruleSet.publishedVersion ?? newest;
  return (
    <Stack component="li" gap={4}>
      <Group gap={8}>
        <Text fw={600}>{t('state.draft')}</Text>
        {ruleSet.changed && (
          <Badge color="yellow" c="var(--mantine-color-text)">
            {t('versions.draftChanged')}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {ruleSet.updatedBy && `${ruleSet.updatedBy}, `}
        <When at={ruleSet.updatedAt} />
      </Text>
      {older !== undefined && (
        <Group gap={8} mt={2}>
          <Button
            component={Link}
            to={comparePath(ruleSet.id, { older, newer: 'draft' })}
            size="compact-sm"
            variant="default"
            leftSection={<IconGitCompare size={14} aria-hidden />}
            onClick={onClose}
          >
            {t('compare.withVersion', { version: older })}
          </Button>
          <Button component={Link} to={`/rules/${ruleSet.id}/trial`} size="compact-sm" variant="default" onClick={onClose}>
            {t('trial.do')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface VersionLineProps {
  ruleSet: RuleSet;
  version: Version;
  isShown: boolean;
  /** The version before it, where the list has come so far. */
  before: number | undefined;
  /** Lets it go live again; absent where that makes no sense or is not allowed. */
  onBack: (() => void) | undefined;
  isGoingBack: boolean;
  /** Publishes a version that never was; absent likewise. */
  onPublish: (() => void) | undefined;
  /** What is tried with it now. */
  trial: RuleSetTrial | undefined;
  onClose: () => void;
}

function VersionLine({ ruleSet, version: one, isShown, before, onBack, isGoingBack, onPublish, trial, onClose }: VersionLineProps) {
  const { t } = useTranslation('graph');
  const save = useMutation({
    mutationFn: async () => {
      const { graph } = await api.get(`/api/rule-sets/${ruleSet.id}/versions/${one.version}`, versionWithGraph);
      const read = toGraph(graph);
      if (!read) throw new Error(t('list.unreadableText'));
      downloadGraph(read, t('versions.fileName', { name: ruleSet.name, version: one.version }));
    },
  });
  return (
    <Stack component="li" gap={4}>
      <Group gap={8}>
        <Text fw={600}>{t('versions.one', { version: one.version })}</Text>
        {one.live ? (
          <Badge color="green" c="var(--mantine-color-text)">
            {t('versions.live')}
          </Badge>
        ) : (
          <Badge color="gray" c="var(--mantine-color-text)">
            {t(one.isCandidate ? 'trial.badge.candidate' : 'versions.archived')}
          </Badge>
        )}
        {trial && <TrialBadge ruleSetId={ruleSet.id} trial={trial} />}
        {isShown && <Badge variant="outline">{t('versions.shown')}</Badge>}
      </Group>
      <Text size="xs" c="dimmed" component="div">
        {one.author}, <When at={one.publishedAt} />
        {' · '}
        <Tooltip label={t('versions.hash', { hash: one.hash })} multiline maw={320}>
          <Code tabIndex={0}>{one.hash.slice(0, 10)}</Code>
        </Tooltip>
      </Text>
      {one.note && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {one.note}
        </Text>
      )}
      <Group gap={8} mt={2}>
        <Button component={Link} to={`/rules/${ruleSet.id}?version=${one.version}`} size="compact-sm" variant="default" onClick={onClose}>
          {t('versions.look')}
        </Button>
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button size="compact-sm" variant="default" leftSection={<IconGitCompare size={14} aria-hidden />}>
              {t('compare.do')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component={Link} to={comparePath(ruleSet.id, { older: one.version, newer: 'draft' })} onClick={onClose}>
              {t('compare.withDraft')}
            </Menu.Item>
            {before !== undefined && (
              <Menu.Item component={Link} to={comparePath(ruleSet.id, { older: before, newer: one.version })} onClick={onClose}>
                {t('compare.withVersion', { version: before })}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
        <Button
          size="compact-sm"
          variant="default"
          loading={save.isPending}
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => save.mutate()}
        >
          {t('versions.file')}
        </Button>
        {!one.live && !trial && (
          <Button
            component={Link}
            to={`/rules/${ruleSet.id}/trial?version=${one.version}`}
            size="compact-sm"
            variant="default"
            onClick={onClose}
          >
            {t('trial.do')}
          </Button>
        )}
        {onPublish && (
          <Button size="compact-sm" variant="default" onClick={onPublish}>
            {t('publish.do')}
          </Button>
        )}
        {onBack && (
          <Button size="compact-sm" variant="default" loading={isGoingBack} onClick={onBack}>
            {t('versions.back')}
          </Button>
        )}
      </Group>
      <ProblemAlert problem={save.error} />
    </Stack>
  );
}
