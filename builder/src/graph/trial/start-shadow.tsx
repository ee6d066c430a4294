import { Button, Group, NumberInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RuleSet } from '../../../../api/rule-sets.js';
import { startedShadow } from '../../../../api/shadows.js';
import { api } from '../../api-client.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useSubmit } from '../../ui/use-submit.js';
import { toVersion, VersionChoice } from './version-choice.js';

/** Begins a shadow: of which version, and when it ends by itself. */
export function StartShadow({ ruleSet, version, onStarted }: { ruleSet: RuleSet; version: string; onStarted: (id: string) => void }) {
  const { t } = useTranslation('graph');
  const form = useForm({ initialValues: { version, days: 7, events: 5000 } });
  const { submit, isSending, problem, fields } = useSubmit(
    form,
    ({ version: chosen, days, events }) =>
      api.post(`/api/rule-sets/${ruleSet.id}/shadows`, startedShadow, { ...toVersion(chosen), days, events }),
    ({ id }) => onStarted(id),
  );
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
          <NumberInput label={t('trial.days')} min={1} max={30} allowDecimal={false} w={150} {...form.getInputProps('days')} />
          <NumberInput
            label={t('trial.events')}
            min={10}
            max={20_000}
            step={1000}
            allowDecimal={false}
            w={190}
            {...form.getInputProps('events')}
          />
        </Group>
        <ProblemAlert problem={problem} fields={fields} />
        <Button type="submit" loading={isSending} leftSection={<IconPlayerPlay size={16} />} style={{ alignSelf: 'flex-start' }}>
          {t('trial.startShadow')}
        </Button>
      </Stack>
    </form>
  );
}
