import { useState } from 'react';
import { Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RuleSet } from '../../../../api/rule-sets.js';
import { can, useMe } from '../../session.js';
import { StartRelease } from './start-release.js';
import { StartShadow } from './start-shadow.js';

interface StartTrialProps {
  ruleSet: RuleSet;
  /** The version that is chosen first; null: the draft. */
  version: string | null;
  how: 'shadow' | 'release';
  /** A shadow is under way, which a release would end: nothing else can begin. */
  isBusy: boolean;
  onStarted: (id: string) => void;
}

/** How a new version is to be tried, and with what. */
export function StartTrial({ ruleSet, version, how, isBusy, onStarted }: StartTrialProps) {
  const { t } = useTranslation('graph');
  const canRelease = can(useMe().role, 'manage');
  const [kind, setKind] = useState<string>(canRelease ? how : 'shadow');
  const first = version !== null && /^\d{1,9}$/.test(version) ? version : 'draft';
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={t('trial.start')}>
      <Stack gap="md">
        {canRelease && !isBusy && (
          <SegmentedControl
            value={kind}
            onChange={setKind}
            aria-label={t('trial.how')}
            data={[
              { value: 'shadow', label: t('trial.inShadow') },
              { value: 'release', label: t('trial.forShare') },
            ]}
            style={{ alignSelf: 'flex-start' }}
          />
        )}
        <Text size="sm" c="dimmed" maw={760}>
          {t(kind === 'shadow' ? 'trial.shadowHelp' : 'trial.releaseHelp')}
        </Text>
        {isBusy && <Text size="sm">{t('trial.endsShadow')}</Text>}
        {kind === 'shadow' ? (
          <StartShadow ruleSet={ruleSet} version={first} onStarted={onStarted} />
        ) : (
          <StartRelease ruleSet={ruleSet} version={first} onStarted={onStarted} />
        )}
      </Stack>
    </Paper>
  );
}
