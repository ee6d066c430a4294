import { Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../rules/index.js';
import { useLanguage } from '../i18n.js';
import { cardOf } from './card-view.js';
import { useRuleGraph } from './graph-store.js';
import { useLayers } from './layers.js';
import { nameIds } from './name-ids.js';
import classes from './lists.module.css';

/** Everything that the check found, errors first; a click leads to the step. */
export function Problems({ onJump }: { onJump: (node: string, field?: string) => void }) {
  const { t } = useTranslation('graph');
  const findings = useLayers((layers) => layers.findings);
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
  if (sorted.length === 0) {
    return (
      <Group p="md" gap={8} wrap="nowrap">
        <IconCircleCheck size={18} color="var(--mantine-color-green-filled)" aria-hidden />
        <Text size="sm">{t('problems.none')}</Text>
      </Group>
    );
  }
  return (
    <Stack gap={0} p={8} component="ul" className={classes.list}>
      {sorted.map((finding, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <ProblemLine finding={finding} onJump={onJump} />
        </li>
      ))}
    </Stack>
  );
}

/** One finding as a line: what is wrong, where, and how to mend it. */
export function ProblemLine({ finding, onJump }: { finding: Finding; onJump?: (node: string, field?: string) => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const graph = useRuleGraph();
  const node = graph.nodes.find(({ id }) => id === finding.node);
  const names = useLayers((layers) => layers.names);
  const isError = finding.severity === 'error';
  const Mark = isError ? IconExclamationCircle : IconAlertTriangle;
  const body = (
    <>
      <Mark
        size={16}
        className={classes.mark}
        color={isError ? 'var(--mantine-color-red-filled)' : 'light-dark(#b06f00, var(--mantine-color-yellow-5))'}
        aria-label={t(isError ? 'problems.error' : 'problems.warning')}
      />
      <span className={classes.text}>
        {node && <span className={classes.where}>{cardOf(node, language, graph.timezone).title}</span>}
        <span>{nameIds(finding.text[language], names)}</span>
        {finding.mend && <span className={classes.dimmed}>{finding.mend[language]}</span>}
      </span>
    </>
  );
  if (!node || !onJump) return <div className={classes.line}>{body}</div>;
  return (
    <UnstyledButton className={`${classes.line} ${classes.press}`} onClick={() => onJump(node.id, fieldOf(finding.path))}>
      {body}
    </UnstyledButton>
  );
}

function rank({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1;
}

/** The setting that a path goes through: `nodes[1].settings.text` is about `text`. */
function fieldOf(path = ''): string | undefined {
  return /\.settings\.([^.[]+)/.exec(path)?.[1];
}
