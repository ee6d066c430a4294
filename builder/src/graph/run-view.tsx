import { useMemo } from 'react';
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Held, Step } from '../../../rules/index.js';
import type { Run } from '../../../api/messages.js';
import { versionWithGraph } from '../../../api/rule-sets.js';
import { api } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { describeEffect } from './effect-words.js';
import { recordOf, textOf } from './form/read-value.js';
import { ReadOnlyGraph } from './read-only-graph.js';
import { toRunLayer } from './run-layer.js';
import { RunSteps } from './run-steps.js';
import { RunDiffer } from './seeing/run-differ.js';
import { RunReason } from './seeing/run-reason.js';
import { toGraph } from './to-graph.js';

/** A stored run drawn on the version that ran, with its event, the step that decided, steps and effects beside it. Fills the height it is given. `start` is the step to have in sight; `asksDiffer` shows at once what would have to differ. */
export function RunView({ ruleSet, run, start, asksDiffer }: { ruleSet: Run['ruleSet']; run: Run; start?: string; asksDiffer: boolean }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const version = useQuery({
    queryKey: ['rule-set', ruleSet.id, 'version', run.version],
    queryFn: () => api.get(`/api/rule-sets/${ruleSet.id}/versions/${run.version}`, versionWithGraph),
    staleTime: Infinity,
  });
  const graph = useMemo(() => version.data && toGraph(version.data.graph), [version.data]);
  const layer = useMemo(() => graph && toRunLayer(graph, run.trace.map(toStep), language), [graph, run.trace, language]);
  if (version.error) return <ProblemAlert problem={version.error} onRetry={() => void version.refetch()} m="md" />;
  if (!graph || !layer) return <Skeleton h="60vh" m="md" />;
  const text = textOf(recordOf(run.event.message).text);
  return (
    <ReadOnlyGraph graph={graph} run={layer} start={start} isPanelOpen={asksDiffer}>
      {({ jump, directory }) => (
        <Stack p="md" gap="md">
          {text !== '' && (
            <div>
              <Title order={3}>{t('run.message')}</Title>
              <Text size="sm" className="client-text">
                {text}
              </Text>
            </div>
          )}
          {run.error && <ProblemAlert problem={new Error(run.error.text)} />}
          <RunReason run={run} onJump={jump} />
          <div>
            <Title order={3} mb={4}>
              {t('run.steps')}
            </Title>
            <RunSteps run={layer} onJump={jump} />
          </div>
          <div>
            <Title order={3} mb={4}>
              {t('run.effects')}
            </Title>
            {run.effects.length === 0 && (
              <Text size="sm" c="dimmed">
                {t('run.noEffects')}
              </Text>
            )}
            {run.effects.map((effect, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <Text key={index} size="sm" mb={4} style={{ overflowWrap: 'anywhere' }}>
                {describeEffect({ ...effect.body, type: effect.type }, directory, t)}
                {effect.outcome === 'skipped' && (
                  <Text span c="dimmed">
                    {' '}
                    · {[t('run.skipped'), effect.detail].filter(Boolean).join(': ')}
                  </Text>
                )}
              </Text>
            ))}
          </div>
          <RunDiffer ruleSet={ruleSet} run={run} isAsked={asksDiffer} />
        </Stack>
      )}
    </ReadOnlyGraph>
  );
}

const heldReasons: readonly Held[] = ['bot', 'rate', 'late', 'loop'];

/** A step as stored; a reason for holding back that this page does not know is left out. */
function toStep({ held, ...step }: Run['trace'][number]): Step {
  const known = heldReasons.find((reason) => reason === held);
  return known ? { ...step, held: known } : step;
}
