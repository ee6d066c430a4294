import { Badge, Button, Group, Paper, Select, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { group as groupShape, user as userShape, type Group as PeopleGroup, type User } from '../../../api/people.js';
import { roles, type Role } from '../../../api/session.js';
import { api } from '../api-client.js';
import { listOf } from '../list-of.js';
import { useLiveQuery } from '../live.js';
import { can, useMe } from '../session.js';
import { Confirm } from '../ui/confirm.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Section } from '../ui/section.js';
import { GroupSettings } from './group-settings.js';
import { InvitationSettings, Invite } from './invitation-settings.js';

/** Who works here, with which role and in which group; invitations; groups. */
export function PeopleSettings() {
  const { t } = useTranslation('settings');
  const mayManage = can(useMe().role, 'manage');
  const users = useQuery({ queryKey: ['users'], queryFn: () => api.get('/api/users', listOf(userShape)) });
  const groups = useQuery({ queryKey: ['groups'], queryFn: () => api.get('/api/groups', listOf(groupShape)) });
  useLiveQuery(['people'], ['users']);
  useLiveQuery(['people'], ['groups']);
  const [invites, setInvites] = useState(false);
  return (
    <Stack gap="lg">
      <Section
        title={t('people.users')}
        actions={
          mayManage && (
            <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => setInvites(true)}>
              {t('people.invite')}
            </Button>
          )
        }
      >
        <ProblemAlert problem={users.error ?? groups.error} />
        {users.isPending && <RowsSkeleton rows={4} />}
        <Stack gap="sm">
          {(users.data ?? []).map((user) => (
            <Person key={user.id} user={user} groups={groups.data ?? []} />
          ))}
        </Stack>
      </Section>
      {mayManage && <InvitationSettings />}
      <GroupSettings groups={groups.data ?? []} mayManage={mayManage} />
      {invites && <Invite groups={groups.data ?? []} onClose={() => setInvites(false)} />}
    </Stack>
  );
}

function Person({ user, groups }: { user: User; groups: PeopleGroup[] }) {
  const { t } = useTranslation('settings');
  const me = useMe();
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const mayChange = can(me.role, 'manage') && mayRaiseTo(me.role, user.role);
  const change = useMutation({
    mutationFn: (values: { role?: Role; groupId?: string | null; active?: boolean }) =>
      api.patch(`/api/users/${user.id}`, undefined, values),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ['users'] }), client.invalidateQueries({ queryKey: ['groups'] })]),
  });
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" gap="md">
        <div style={{ minWidth: 0 }}>
          <Group gap="sm">
            <Text fw={600}>
              <bdi>{user.name}</bdi>
            </Text>
            {user.id === me.id && <Badge>{t('people.you')}</Badge>}
            {!user.active && <Badge color="gray">{t('people.off')}</Badge>}
          </Group>
          <Text size="xs" c="dimmed">
            {user.email}
          </Text>
        </div>
        {mayChange ? (
          <Group gap="sm">
            <Select
              aria-label={`${t('people.role')}: ${user.name}`}
              w={170}
              allowDeselect={false}
              data={roles.filter((role) => mayRaiseTo(me.role, role)).map((value) => ({ value, label: t(`ui:roles.${value}`) }))}
              value={user.role}
              onChange={(role) => role && role !== user.role && change.mutate({ role })}
            />
            <Select
              aria-label={`${t('people.group')}: ${user.name}`}
              w={170}
              clearable
              placeholder={t('people.noGroup')}
              data={groups.map(({ id, name }) => ({ value: id, label: name }))}
              value={user.group?.id ?? null}
              onChange={(groupId) => change.mutate({ groupId })}
            />
            <Switch
              label={t('people.active')}
              aria-label={t('people.activeOf', { name: user.name })}
              checked={user.active}
              disabled={user.id === me.id}
              onChange={() => (user.active ? setAsks(true) : change.mutate({ active: true }))}
            />
          </Group>
        ) : (
          <Text c="dimmed">{[t(`ui:roles.${user.role}`), user.group?.name].filter(Boolean).join(', ')}</Text>
        )}
      </Group>
      <ProblemAlert problem={change.error} mt="sm" />
      {asks && (
        <Confirm
          title={t('people.deactivateTitle', { name: user.name })}
          text={t('people.deactivateText')}
          action={t('people.deactivate')}
          onConfirm={() => change.mutateAsync({ active: false })}
          onClose={() => setAsks(false)}
        />
      )}
    </Paper>
  );
}

/** Nobody gives, or touches, a role above his own. */
function mayRaiseTo(mine: Role, role: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(mine);
}
