import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { invitation as invitationShape, invited, type Group as PeopleGroup, type Invitation } from '../../../api/people.js';
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

const queryKey = ['invitations'];
const invitable = ['admin', 'analyst', 'operator'] as const;

/** Invitations that nobody has answered yet. */
export function InvitationSettings() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const { data, error } = useQuery({ queryKey, queryFn: () => api.get('/api/invitations', listOf(invitationShape)) });
  const [revoked, setRevoked] = useState<Invitation | null>(null);
  return (
    <Section title={t('people.invitations')} text={t('people.invitationsText')}>
      <ProblemAlert problem={error} />
      {!data && !error && <RowsSkeleton rows={1} />}
      {data?.length === 0 && <Text c="dimmed">{t('people.noInvitations')}</Text>}
      {data?.map((invitation) => (
        <Group key={invitation.id} justify="space-between" gap="sm">
          <div>
            <Text>
              <bdi>{invitation.email}</bdi>, {t(`ui:roles.${invitation.role}`)}
            </Text>
            <Text size="xs" c="dimmed">
              {t('people.expires')} <When at={invitation.expiresAt} />
            </Text>
          </div>
          <Button size="xs" variant="default" onClick={() => setRevoked(invitation)}>
            {t('people.revoke')}
          </Button>
        </Group>
      ))}
      {revoked && (
        <Confirm
          title={t('people.revokeTitle', { email: revoked.email })}
          text={t('people.revokeText')}
          action={t('people.revoke')}
          onConfirm={async () => {
            await api.delete(`/api/invitations/${revoked.id}`);
            await client.invalidateQueries({ queryKey });
          }}
          onClose={() => setRevoked(null)}
        />
      )}
    </Section>
  );
}

/** Asks whom to invite and shows the link once. */
export function Invite({ groups, onClose }: { groups: PeopleGroup[]; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const [link, setLink] = useState<string | null>(null);
  const form = useForm<{ email: string; role: (typeof invitable)[number]; groupId: string | null }>({
    initialValues: { email: '', role: 'operator', groupId: null },
  });
  const { submit, ...foot } = useSubmit(
    form,
    ({ email, role, groupId }) => api.post('/api/invitations', invited, { email: email.trim(), role, ...(groupId && { groupId }) }),
    (made) => {
      setLink(made.link);
      return client.invalidateQueries({ queryKey });
    },
  );
  return (
    <Modal opened onClose={onClose} title={t('people.inviteTitle')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      {link === null ? (
        <form onSubmit={submit}>
          <Stack gap="md">
            <TextInput
              label={t('people.email')}
              type="email"
              required
              withAsterisk={false}
              maxLength={320}
              data-autofocus
              {...form.getInputProps('email')}
            />
            <Select
              label={t('people.role')}
              description={t(`roleHelp.${form.values.role}`)}
              allowDeselect={false}
              data={invitable.map((value) => ({ value, label: t(`ui:roles.${value}`) }))}
              {...form.getInputProps('role')}
            />
            {groups.length > 0 && (
              <Select
                label={t('people.group')}
                placeholder={t('people.noGroup')}
                clearable
                data={groups.map(({ id, name }) => ({ value: id, label: name }))}
                {...form.getInputProps('groupId')}
              />
            )}
            <FormFoot {...foot} action={t('people.getLink')} done="" />
          </Stack>
        </form>
      ) : (
        <Stack gap="lg">
          <CopyField label={t('people.link', { email: form.values.email })} help={t('people.linkHelp')} value={link} lines={3} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('ui:close')}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
