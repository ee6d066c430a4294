import { useState } from 'react';
import { Button, Checkbox, Fieldset, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { releaseMetrics, startedRelease, type ReleaseMetric } from '../../../../api/releases.js';
import type { RuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { useSubmit } from '../../ui/use-submit.js';
import { Refused, refusalsOf } from './refused.js';
import { toVersion, VersionChoice } from './version-choice.js';

/** Points by which a share may be worse, where it is watched unasked; the others are offered. */
const usual: Record<ReleaseMetric, { points: number; isOn: boolean }> = {
  errors: { points: 5, isOn: true },
  failures: { points: 10, isOn: true },
  'bad-scores': { points: 15, isOn: true },
  silent: { points: 20, isOn: false },
  handed: { points: 20, isOn: false },
};

/** Begins a release: of which version, for whom, and when it returns by itself. */
export function StartRelease({ ruleSet, version, onStarted }: { ruleSet: RuleSet; version: string; onStarted: (id: string) => void }) {
  const { t } = useTranslation('graph');
  const [reason, setReason] = useState('');
  const form = useForm({ initialValues: { version, share: 10, least: 30, watched: usual } });
  const { submit, isSending, problem } = useSubmit(
    form,
    ({ version: chosen, share, least, watched }) => {
      const above = Object.fromEntries(
        releaseMetrics.flatMap((metric) => (watched[metric].isOn ? [[metric, watched[metric].points]] : [])),
      );
      const override = reason.trim() || undefined;
      return api.post(`/api/rule-sets/${ruleSet.id}/releases`, startedRelease, {
        ...toVersion(chosen),
        share,
        limits: { least, above },
        override,
      });
    },
    ({ id }) => onStarted(id),
  );
  const isRefused = refusalsOf(problem) !== undefined;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-start">
          <VersionChoice
            ruleSet={ruleSet}
            value={form.values.version}
            onChange={(chosen) => form.setFieldValue('version', chosen)}
            error={form.errors['version']}
          />
          <NumberInput
            label={t('trial.share')}
            suffix=" %"
            min={1}
            max={100}
            allowDecimal={false}
            w={150}
            {...form.getInputProps('share')}
          />
        </Group>
        <Fieldset legend={t('trial.limits')}>
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              {t('trial.limitsHelp')}
            </Text>
            {releaseMetrics.map((metric) => (
              <Group key={metric} gap="sm" justify="space-between" wrap="wrap" maw={560}>
                <Checkbox
                  label={t(`trial.metric.${metric}`)}
                  maw={420}
                  {...form.getInputProps(`watched.${metric}.isOn`, { type: 'checkbox' })}
                />
                <NumberInput
                  aria-label={t('trial.points', { metric: t(`trial.metric.${metric}`) })}
                  prefix="+"
                  suffix={t('trial.pointsShort')}
                  min={1}
                  max={100}
                  allowDecimal={false}
                  w={130}
                  disabled={!form.values.watched[metric].isOn}
                  {...form.getInputProps(`watched.${metric}.points`)}
                />
              </Group>
            ))}
            <NumberInput
              label={t('trial.least')}
              description={t('trial.leastHelp')}
              min={5}
              max={10_000}
              allowDecimal={false}
              maw={420}
              {...form.getInputProps('least')}
            />
          </Stack>
        </Fieldset>
        <Refused problem={problem} reason={reason} onReason={setReason} />
        <Button
          type="submit"
          loading={isSending}
          disabled={isRefused && reason.trim() === ''}
          leftSection={<IconPlayerPlay size={16} />}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('trial.startRelease')}
        </Button>
      </Stack>
    </form>
  );
}
