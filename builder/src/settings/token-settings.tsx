import { Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiToken, createdToken, type ApiToken } from '../../../api/session.js';
import { api } from '../api-client.js';
import { listOf } from '../list-of.js';
import { Confirm } from '../ui/confirm.js';
import { CopyField } from '../ui/copy-field.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Section } from '../ui/section.js';
import { useSubmit } from '../ui/use-submit.js';
import { When } from '../ui/when.js';
import { FormFoot } from './form-foot.js';

const queryKey = ['tokens'];
const grantable = ['admin', 'analyst', 'operator'] as const;

/** Tokens for programs; a new one is shown once. */
export function TokenSettings() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const { data, error } = useQuery({ queryKey, queryFn: () => api.get('/api/tokens', listOf(apiToken)) });
  const [created, setCreated] = useState<{ name: string; token: string } | null>(null);
  const [revoked, setRevoked] = useState<ApiToken | null>(null);
  return (
    <Section title={t('sections.tokens')} text={t('tokens.text')}>
      <NewToken
        onCreated={(made) => {
          setCreated(made);
          void client.invalidateQueries({ queryKey });
        }}
      />
      {created && (
        <Alert color="green">
          <CopyField label={t('tokens.created', { name: created.name })} help={t('tokens.createdHelp')} value={created.token} />
        </Alert>
      )}
      <ProblemAlert problem={error} />
      {!data && !error && <RowsSkeleton rows={2} />}
      {data?.length === 0 && <Text c="dimmed">{t('tokens.none')}</Text>}
      {data?.map((token) => (
        <Group key={token.id} justify="space-between" gap="sm">
          <div>
            <Text>
              <bdi>{token.name}</bdi>, {t(`ui:roles.${token.role}`)}
            </Text>
            <Text size="xs" c="dimmed">
              {t('tokens.by')}: <bdi>{token.createdBy ?? '—'}</bdi>, <When at={token.createdAt} /> · {t('tokens.lastUsed')}:{' '}
              <When at={token.lastUsedAt} none={t('ui:never')} />
            </Text>
          </div>
          <Button size="xs" variant="default" onClick={() => setRevoked(token)}>
            {t('tokens.revoke')}
          </Button>
        </Group>
      ))}
      {revoked && (
        <Confirm
          title={t('tokens.revokeTitle', { name: revoked.name })}
          text={t('tokens.revokeText')}
          action={t('tokens.revoke')}
          onConfirm={async () => {
            await api.delete(`/api/tokens/${revoked.id}`);
            await client.invalidateQueries({ queryKey });
          }}
          onClose={() => setRevoked(null)}
        />
      )}
    </Section>
  );
}

function NewToken({ onCreated }: { onCreated: (made: { name: string; token: string }) => void }) {
  const { t } = useTranslation('settings');
  const form = useForm<{ name: string; role: (typeof grantable)[number] }>({ initialValues: { name: '', role: 'operator' } });
  const { submit, ...foot } = useSubmit(
    form,
    ({ name, role }) => api.post('/api/tokens', createdToken, { name: name.trim(), role }),
    ({ token }, { name }) => {
      onCreated({ name: name.trim(), token });
      form.reset();
    },
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
          <TextInput
            label={t('tokens.name')}
            placeholder={t('tokens.namePlaceholder')}
            required
            withAsterisk={false}
            maxLength={200}
            miw={200}
            {...form.getInputProps('name')}
          />
          <Select
            label={t('people.role')}
            description={null}
            allowDeselect={false}
            data={grantable.map((value) => ({ value, label: t(`ui:roles.${value}`) }))}
            {...form.getInputProps('role')}
          />
        </Group>
        <FormFoot {...foot} action={t('tokens.create')} done="" />
      </Stack>
    </form>
  );
}
