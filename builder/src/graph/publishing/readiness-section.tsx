import type { ReactNode } from 'react';
import { Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Readiness } from '../../../../api/publishing.js';
import { cardOf } from '../card-view.js';
import { useLanguage } from '../../i18n.js';
import { useRuleGraph } from '../graph-store.js';
import { UnmetAlert } from './unmet-alert.js';
import classes from '../lists.module.css';

interface ReadinessSectionProps {
  readiness: Readiness;
  /** Why the draft is published although the policy is not met. */
  reason: string;
  onReason: (reason: string) => void;
  onJump: (node: string) => void;
}

/** Steps that no test reaches are named up to this many. */
const mostMissed = 8;

/** Tests and what they reach, and the company's policy: what it asks, what is missing, and a reason for publishing all the same. */
export function ReadinessSection({ readiness, reason, onReason, onJump }: ReadinessSectionProps) {
  const { t } = useTranslation('graph');
  const { tests, coverage, policy, unmet } = readiness;
  const asksNothing = !policy.withoutWarnings && !policy.withTests && policy.coverage === 0;
  return (
    <Stack gap={8}>
      <Title order={3}>{t('readiness.title')}</Title>
      <Line isGood={tests.all > 0 && tests.failed === 0}>
        {tests.all === 0 ? t('readiness.noTests') : t('readiness.tests', { all: tests.all, passed: tests.all - tests.failed })}
      </Line>
      {coverage && tests.all > 0 && (
        <Line isGood={coverage.missed.length === 0}>
          {t('readiness.coverage', { percent: percentOf(coverage.nodes), reached: coverage.nodes.reached, all: coverage.nodes.all })}
          {coverage.missed.length > 0 && <Missed nodes={coverage.missed} onJump={onJump} />}
        </Line>
      )}
      {!asksNothing && unmet.length === 0 && <Line isGood>{t('readiness.met')}</Line>}
      {unmet.length > 0 && <UnmetAlert found={unmet} reason={reason} onReason={onReason} />}
    </Stack>
  );
}

function Missed({ nodes, onJump }: { nodes: readonly string[]; onJump: (node: string) => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const graph = useRuleGraph();
  const shown = nodes.slice(0, mostMissed).flatMap((id) => graph.nodes.find((node) => node.id === id) ?? []);
  return (
    <Text span size="sm" c="dimmed" display="block">
      {t('readiness.missed')}{' '}
      {shown.map((node, index) => (
        <span key={node.id}>
          {index > 0 && ', '}
          <UnstyledButton className={classes.press} fz="sm" td="underline" onClick={() => onJump(node.id)}>
            {cardOf(node, language, graph.timezone).title}
          </UnstyledButton>
        </span>
      ))}
      {nodes.length > shown.length && ` ${t('readiness.more', { count: nodes.length - shown.length })}`}
    </Text>
  );
}

function Line({ isGood, children }: { isGood: boolean; children: ReactNode }) {
  const { t } = useTranslation('graph');
  const Mark = isGood ? IconCircleCheck : IconAlertTriangle;
  return (
    <Text size="sm" component="div" style={{ display: 'flex', gap: 8 }}>
      <Mark
        size={18}
        style={{ flex: 'none' }}
        color={isGood ? 'var(--mantine-color-green-filled)' : 'light-dark(#b06f00, var(--mantine-color-yellow-5))'}
        aria-label={t(isGood ? 'readiness.good' : 'problems.warning')}
      />
      <span style={{ minWidth: 0 }}>{children}</span>
    </Text>
  );
}

function percentOf({ all, reached }: { all: number; reached: number }): number {
  return all === 0 ? 100 : Math.floor((reached * 100) / all);
}
