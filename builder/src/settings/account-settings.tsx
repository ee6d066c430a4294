import { Fieldset, NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { account as accountShape } from '../../../api/people.js';
import { api } from '../api-client.js';
import { can, sessionQuery, useMe } from '../session.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Section } from '../ui/section.js';
import { useSubmit } from '../ui/use-submit.js';
import { FormFoot } from './form-foot.js';
import { ZoneSelect } from './zone-select.js';

type Account = z.infer<typeof accountShape>;

/** The company's name, zone, and how late an answer may be. */
export function AccountSettings() {
  const { t } = useTranslation('settings');
  const mayManage = can(useMe().role, 'manage');
  const { data, error, refetch } = useQuery({ queryKey: ['account'], queryFn: () => api.get('/api/account', accountShape) });
  return (
    <Section title={t('sections.account')} text={mayManage ? t('account.text') : t('account.readOnly')}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <RowsSkeleton rows={3} />}
      {data && <AccountForm account={data} mayManage={mayManage} />}
    </Section>
  );
}

function AccountForm({ account, mayManage }: { account: Account; mayManage: boolean }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const { name, timezone, answerAgeSeconds, sendingStopped } = account;
  const form = useForm({ initialValues: { name, timezone, answerAgeSeconds, sendingStopped } });
  const { submit, ...foot } = useSubmit(
    form,
    (values) => api.patch('/api/account', undefined, values),
    (_answer, values) => {
      form.resetDirty(values);
      return Promise.all([
        client.invalidateQueries({ queryKey: ['account'] }),
        client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      ]);
    },
  );
  return (
    <form onSubmit={submit}>
      <Fieldset variant="unstyled" disabled={!mayManage}>
        <Stack gap="md">
          <TextInput label={t('account.name')} required withAsterisk={false} maxLength={200} {...form.getInputProps('name')} />
          <ZoneSelect description={t('account.zoneHelp')} {...form.getInputProps('timezone')} />
          <NumberInput
            label={t('account.answerAge')}
            description={t('account.answerAgeHelp')}
            min={1}
            max={1440}
            allowDecimal={false}
            value={Math.round(form.values.answerAgeSeconds / 60)}
            error={form.errors['answerAgeSeconds']}
            onChange={(minutes) => form.setFieldValue('answerAgeSeconds', Number(minutes) * 60)}
          />
          <Switch
            label={t('account.stop')}
            description={t('account.stopHelp')}
            {...form.getInputProps('sendingStopped', { type: 'checkbox' })}
          />
          {mayManage && <FormFoot {...foot} />}
        </Stack>
      </Fieldset>
    </form>
  );
}
