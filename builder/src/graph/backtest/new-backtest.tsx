import { useState } from 'react';
import { Button, Group, MultiSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { id } from '../../../../api/page.js';
import type { Directory, RuleSet } from '../../../../api/rule-sets.js';
import { api } from '../../api-client.js';
import { useMe } from '../../session.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { useSubmit } from '../../ui/use-submit.js';
import { lastDays, spans } from './day-spans.js';

const created = z.object({ id });

/** Which recorded messages the draft is tried on. */
export function NewBacktest({
  ruleSet,
  directory,
  isBusy,
  onStarted,
}: {
  ruleSet: RuleSet;
  directory: Directory | undefined;
  isBusy: boolean;
  onStarted: (id: string) => void;
}) {
  const { t } = useTranslation('graph');
  const { timezone } = useMe().account;
  const [days] = useState(() => lastDays(7, timezone, Date.now()));
  const form = useForm({ initialValues: { ...days, channels: [] as string[] } });
  const { submit, isSending, problem, fields } = useSubmit(
    form,
    ({ from, to, channels }) =>
      api.post(`/api/rule-sets/${ruleSet.id}/backtests`, created, { from, to, ...(channels.length > 0 && { channels }) }),
    ({ id }) => onStarted(id),
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-start">
          <TextInput type="date" label={t('backtest.from')} required withAsterisk={false} w={160} {...form.getInputProps('from')} />
          <TextInput type="date" label={t('backtest.to')} required withAsterisk={false} w={160} {...form.getInputProps('to')} />
          <MultiSelect
            label={t('backtest.channels')}
            placeholder={form.values.channels.length === 0 ? t('backtest.allChannels') : undefined}
            data={directory?.channels.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            searchable
            clearable
            miw={200}
            style={{ flex: 1 }}
            {...form.getInputProps('channels')}
          />
        </Group>
        <Group gap={6} role="group" aria-label={t('backtest.days')}>
          {spans.map((days) => (
            <Button key={days} size="compact-sm" variant="default" onClick={() => form.setValues(lastDays(days, timezone, Date.now()))}>
              {t('backtest.lastDays', { count: days })}
            </Button>
          ))}
        </Group>
        <ProblemAlert problem={problem} fields={fields} />
        <Button
          type="submit"
          loading={isSending}
          disabled={isBusy}
          leftSection={<IconPlayerPlay size={16} />}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('backtest.start')}
        </Button>
      </Stack>
    </form>
  );
}
