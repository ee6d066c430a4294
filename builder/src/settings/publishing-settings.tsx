import { Fieldset, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { publishPolicy, type PublishPolicy } from '../../../api/publishing.js';
import { api } from '../api-client.js';
import { useMe } from '../session.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Section } from '../ui/section.js';
import { useSubmit } from '../ui/use-submit.js';
import { FormFoot } from './form-foot.js';

/** What a draft needs to be published; the owner says, the others read. */
export function PublishingSettings() {
  const { t } = useTranslation('settings');
  const isOwner = useMe().role === 'owner';
  const { data, error, refetch } = useQuery({ queryKey: ['publish-policy'], queryFn: () => api.get('/api/publish-policy', publishPolicy) });
  return (
    <Section title={t('sections.publishing')} text={[t('publishing.text'), !isOwner && t('publishing.readOnly')].filter(Boolean).join(' ')}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <RowsSkeleton rows={3} />}
      {data && <PolicyForm policy={data} isOwner={isOwner} />}
    </Section>
  );
}

function PolicyForm({ policy, isOwner }: { policy: PublishPolicy; isOwner: boolean }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const form = useForm({ initialValues: policy });
  const { submit, ...foot } = useSubmit(
    form,
    (values) => api.put('/api/publish-policy', publishPolicy, values),
    (_answer, values) => {
      form.resetDirty(values);
      return client.invalidateQueries({ queryKey: ['publish-policy'] });
    },
  );
  return (
    <form onSubmit={submit}>
      <Fieldset variant="unstyled" disabled={!isOwner}>
        <Stack gap="md">
          <Switch
            label={t('publishing.withoutWarnings')}
            description={t('publishing.withoutWarningsHelp')}
            {...form.getInputProps('withoutWarnings', { type: 'checkbox' })}
          />
          <Switch
            label={t('publishing.withTests')}
            description={t('publishing.withTestsHelp')}
            {...form.getInputProps('withTests', { type: 'checkbox' })}
          />
          <NumberInput
            label={t('publishing.coverage')}
            description={t('publishing.coverageHelp')}
            min={0}
            max={100}
            allowDecimal={false}
            suffix=" %"
            value={form.values.coverage}
            error={form.errors['coverage']}
            onChange={(percent) => form.setFieldValue('coverage', Number(percent) || 0)}
          />
          <Text size="sm" c="dimmed">
            {t('publishing.override')}
          </Text>
          {isOwner && <FormFoot {...foot} />}
        </Stack>
      </Fieldset>
    </form>
  );
}
