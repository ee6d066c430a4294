import { useCallback, useState } from 'react';
import { Alert, Button, Drawer, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { publish, published, readiness as readinessShape, waiting as waitingShape } from '../../../api/publishing.js';
import { conflicts as conflictsShape, finding, type RuleSet } from '../../../api/rule-sets.js';
import { api, ApiProblem } from '../api-client.js';
import { BacktestSummary } from './backtest/backtest-summary.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import type { DraftSaver } from './saving/draft-saver.js';
import { useRuleGraph } from './graph-store.js';
import { useLayers } from './layers.js';
import { ProblemLine } from './problems.js';
import { ChangesSection } from './publishing/changes-section.js';
import { ReadinessSection } from './publishing/readiness-section.js';
import { toSettle, type WaitingChoices } from './publishing/waiting-choices.js';
import { WaitingSection } from './publishing/waiting-section.js';
import { FailedTests } from './failed-tests.js';
import { useChatRules } from './proving/use-chat-rules.js';
import { playTests } from './use-checks.js';
import { useLater } from './use-later.js';
import classes from './lists.module.css';

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
  const rules = useChatRules(ruleSet);
  const results = useLater(useCallback(() => playTests(rules), [rules]));
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
        <ChangesSection ruleSet={ruleSet} graph={graph} />
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
            className={classes.onColour}
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
            className={classes.onColour}
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
        <BacktestSummary ruleSet={ruleSet} />
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

/** The findings of a server that refused to publish; undefined for any other problem. */
function problemsOf(problem: unknown) {
  if (!(problem instanceof ApiProblem) || problem.status !== 422) return undefined;
  const parsed = z.object({ problems: z.array(finding).min(1) }).safeParse(problem.body);
  return parsed.success ? parsed.data.problems : undefined;
}
