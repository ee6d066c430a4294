import { useCallback, useState } from 'react';
import { Alert, Button, Drawer, List, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconGitCompare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { z } from 'zod';
import type { RuleGraph } from '../../../rules/index.js';
import { publish, published, readiness as readinessShape, waiting as waitingShape } from '../../../api/publishing.js';
import { conflicts as conflictsShape, finding, versionWithGraph, type RuleSet } from '../../../api/rule-sets.js';
import { api, ApiProblem } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { describeChanges } from './change-words.js';
import { comparePath } from './compare/pair.js';
import type { DraftSaver } from './draft-saver.js';
import { useRuleGraph } from './graph-store.js';
import { useLayers } from './layers.js';
import { ProblemLine } from './problems.js';
import { ReadinessSection } from './publishing/readiness-section.js';
import { toSettle, type WaitingChoices } from './publishing/waiting-choices.js';
import { WaitingSection } from './publishing/waiting-section.js';
import { FailedTests } from './failed-tests.js';
import { toGraph } from './to-graph.js';
import { playTests } from './use-checks.js';
import { useLater } from './use-later.js';

interface PublishProps {
  ruleSet: RuleSet;
  saver: DraftSaver;
  onClose: () => void;
  onJump: (node: string, field?: string) => void;
}

/** What will change, what stands in the way, a note, and the button. */
export function Publish({ ruleSet, saver, onClose, onJump }: PublishProps) {
  const { t } = useTranslation('graph');
  const client = useQueryClient();
  const graph = useRuleGraph();
  const findings = useLayers((layers) => layers.findings);
  const [note, setNote] = useState('');
  const [reason, setReason] = useState('');
  const [choices, setChoices] = useState<WaitingChoices>(new Map());
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const results = useLater(useCallback(() => playTests(graph), [graph]));
  const failed = errors.length > 0 ? [] : (results ?? []).filter(({ passed }) => !passed);
  // What other live rule sets do to the same messages only the server can see; the draft is there once it is saved.
  const conflicts = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'conflicts', graph],
    queryFn: async () => {
      await saver.flush();
      return api.get(`/api/rule-sets/${ruleSet.id}/conflicts`, conflictsShape);
    },
  });
  const readiness = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'readiness', graph],
    queryFn: async () => {
      await saver.flush();
      return api.get(`/api/rule-sets/${ruleSet.id}/readiness`, readinessShape);
    },
    staleTime: 0,
  });
  const waiting = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'waiting', graph],
    queryFn: async () => {
      await saver.flush();
      return api.get(`/api/rule-sets/${ruleSet.id}/waiting`, waitingShape);
    },
    staleTime: 0,
  });
  const isUnmet = (readiness.data?.unmet.length ?? 0) > 0;
  const beside = (conflicts.data?.items ?? []).filter(({ severity }) => severity === 'warning');
  const run = useMutation({
    mutationFn: async () => {
      if (!(await saver.flush())) throw new Error(t('publish.notSaved'));
      const body = publish.parse({
        note: note.trim() || undefined,
        revision: saver.revision,
        override: (isUnmet && reason.trim()) || undefined,
        waiting: waiting.data && toSettle(waiting.data, choices),
      });
      return api.post(`/api/rule-sets/${ruleSet.id}/publish`, published, body);
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['rule-sets'] });
      await client.invalidateQueries({ queryKey: ['rule-set', ruleSet.id, 'versions'] });
      onClose();
    },
  });
  const refused = problemsOf(run.error);
  const jump = (node: string, field?: string) => {
    onClose();
    onJump(node, field);
  };

  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={460}
      title={t('publish.title', { name: ruleSet.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="lg">
        <Changes ruleSet={ruleSet} graph={graph} />
        {errors.length > 0 && (
          <Alert color="red" title={t('publish.errors', { count: errors.length })}>
            {errors.map((one, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <ProblemLine key={index} finding={one} onJump={jump} />
            ))}
          </Alert>
        )}
        <FailedTests failed={failed} />
        {warnings.length > 0 && (
          <Alert
            color="yellow"
            title={t('publish.warnings', { count: warnings.length })}
            styles={{ title: { color: 'var(--mantine-color-text)' } }}
          >
            {warnings.map((one, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <ProblemLine key={index} finding={one} onJump={jump} />
            ))}
          </Alert>
        )}
        {beside.length > 0 && (
          <Alert
            color="yellow"
            title={t('publish.conflicts', { count: beside.length })}
            styles={{ title: { color: 'var(--mantine-color-text)' } }}
          >
            {beside.map((one, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <ProblemLine key={index} finding={one} onJump={jump} />
            ))}
          </Alert>
        )}
        {readiness.data && <ReadinessSection readiness={readiness.data} reason={reason} onReason={setReason} onJump={jump} />}
        {waiting.data && <WaitingSection waiting={waiting.data} choices={choices} onChoices={setChoices} />}
        <ProblemAlert
          problem={readiness.error ?? waiting.error}
          onRetry={() => void Promise.all([readiness.refetch(), waiting.refetch()])}
        />
        <Textarea
          label={t('publish.note')}
          description={t('publish.noteHelp')}
          placeholder={t('publish.notePlaceholder')}
          maxLength={2000}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {refused ? (
          <Alert color="red" title={t('publish.refused')}>
            {refused.map((one, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <ProblemLine key={index} finding={one} onJump={jump} />
            ))}
          </Alert>
        ) : (
          <ProblemAlert problem={run.error} />
        )}
        <Button
          loading={run.isPending}
          disabled={errors.length > 0 || failed.length > 0 || (isUnmet && reason.trim() === '')}
          onClick={() => run.mutate()}
        >
          {t('publish.do')}
        </Button>
      </Stack>
    </Drawer>
  );
}

/** What the draft changes of what runs now. */
function Changes({ ruleSet, graph }: { ruleSet: RuleSet; graph: RuleGraph }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const version = ruleSet.publishedVersion;
  const live = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'version', version],
    queryFn: () => api.get(`/api/rule-sets/${ruleSet.id}/versions/${version}`, versionWithGraph),
    enabled: version !== null,
    staleTime: Infinity,
  });
  if (version === null) return <Text>{t('publish.first')}</Text>;
  if (!live.data) return live.isError ? <ProblemAlert problem={live.error} /> : <Text c="dimmed">{t('loading')}</Text>;
  const old = toGraph(live.data.graph);
  const changes = old && describeChanges(old, graph, language, t);
  return (
    <div>
      <Title order={3} mb={6}>
        {t('publish.changes', { version })}
      </Title>
      {!changes && <Text size="sm">{t('publish.cannotCompare')}</Text>}
      {changes?.length === 0 && <Text size="sm">{t('publish.noChanges')}</Text>}
      {changes && changes.length > 0 && (
        <List size="sm" spacing={4} style={{ overflowWrap: 'anywhere' }}>
          {changes.map(({ text }, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <List.Item key={index}>{text}</List.Item>
          ))}
        </List>
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

/** The findings of a server that refused to publish; undefined for any other problem. */
function problemsOf(problem: unknown) {
  if (!(problem instanceof ApiProblem) || problem.status !== 422) return undefined;
  const parsed = z.object({ problems: z.array(finding).min(1) }).safeParse(problem.body);
  return parsed.success ? parsed.data.problems : undefined;
}
