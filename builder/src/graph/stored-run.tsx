import { Anchor, Badge, Button, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { run as runSchema } from '../../../api/messages.js';
import type { RuleSet } from '../../../api/rule-sets.js';
import { api, withQuery } from '../api-client.js';
import { listOf } from '../list-of.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { When } from '../ui/when.js';
import { RunActions } from './proving/run-actions.js';
import { RunView } from './run-view.js';
import classes from './editor.module.css';

const statusColor = { passed: 'green', filtered: 'gray', error: 'red' };

/** A run that happened, on the version that ran: why the message went the way it did. */
export function StoredRun({ ruleSet, runId, messageId }: { ruleSet: RuleSet; runId: string; messageId: string | null }) {
  const { t } = useTranslation('graph');
  const runs = useQuery({
    queryKey: ['runs', messageId ?? runId],
    // What the clock started belongs to no message.
    queryFn: async () =>
      messageId === null
        ? [await api.get(`/api/rule-sets/${ruleSet.id}/runs/${runId}`, runSchema)]
        : api.get(`/api/messages/${messageId}/runs`, listOf(runSchema)),
  });
  const [query] = useSearchParams();
  const run = runs.data?.find((one) => one.id === runId);
  const others = (runs.data ?? []).filter((one) => one.id !== runId);
  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <h1 className={classes.name} style={{ margin: 0 }}>
          {t('run.title', { name: ruleSet.name })}
        </h1>
        {run && (
          <>
            <Badge color={statusColor[run.status]} c="var(--mantine-color-text)">
              {t(`run.status.${run.status}`)}
            </Badge>
            <span className={classes.when}>
              {t('versions.one', { version: run.version })} · <When at={run.at} />
            </span>
          </>
        )}
        <span className={classes.spring} />
        <Group gap={8}>
          {others.map((one) => (
            <Anchor
              key={one.id}
              component={Link}
              size="sm"
              to={withQuery(`/rules/${one.ruleSet.id}`, { version: one.version, run: one.id, message: messageId })}
            >
              {t('run.other', { name: one.ruleSet.name })}
            </Anchor>
          ))}
          {run?.conversationId && (
            <Anchor component={Link} size="sm" to={withQuery(`/conversations/${run.conversationId}`, { at: run.messageId })}>
              {t('run.conversation')}
            </Anchor>
          )}
          {run?.messageId && <RunActions ruleSetId={ruleSet.id} runId={run.id} messageId={run.messageId} />}
          <Button component={Link} to={`/rules/${ruleSet.id}`} size="xs" variant="default">
            {t('versions.toDraft')}
          </Button>
        </Group>
      </header>
      <ProblemAlert problem={runs.error} onRetry={() => void runs.refetch()} m="md" />
      {runs.isPending && <Skeleton h="60vh" m="md" />}
      {runs.data && !run && <ProblemAlert problem={new Error(t('run.missing'))} m="md" />}
      {run && <RunView ruleSet={run.ruleSet} run={run} start={query.get('at') ?? run.decisive?.node} asksDiffer={query.has('differ')} />}
    </div>
  );
}
