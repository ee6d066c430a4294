import { ActionIcon, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group as PeopleGroup } from '../../../api/people.js';
import { api } from '../api-client.js';
import { Confirm } from '../ui/confirm.js';
import { Section } from '../ui/section.js';
import { useSubmit } from '../ui/use-submit.js';
import { FormFoot } from './form-foot.js';

type Asked = { what: 'add' } | { what: 'rename' | 'delete'; group: PeopleGroup };

/** Groups of people: add, rename, delete. */
export function GroupSettings({ groups, mayManage }: { groups: PeopleGroup[]; mayManage: boolean }) {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const changed = () =>
    Promise.all([client.invalidateQueries({ queryKey: ['groups'] }), client.invalidateQueries({ queryKey: ['users'] })]);
  return (
    <Section
      title={t('people.groups')}
      text={t('people.groupsText')}
      actions={
        mayManage && (
          <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAsked({ what: 'add' })}>
            {t('people.addGroup')}
          </Button>
        )
      }
    >
      {groups.length === 0 && <Text c="dimmed">{t('people.noGroups')}</Text>}
      {groups.map((group) => (
        <Group key={group.id} justify="space-between">
          <Text>
            <bdi>{group.name}</bdi>{' '}
            <Text span c="dimmed">
              {t('people.members', { count: group.members })}
            </Text>
          </Text>
          {mayManage && (
            <Group gap="xs">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('people.rename', { name: group.name })}
                onClick={() => setAsked({ what: 'rename', group })}
              >
                <IconPencil size={18} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('people.deleteGroup', { name: group.name })}
                onClick={() => setAsked({ what: 'delete', group })}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Group>
          )}
        </Group>
      ))}
      {asked?.what === 'delete' && (
        <Confirm
          title={t('people.deleteGroupTitle', { name: asked.group.name })}
          text={t('people.deleteGroupText')}
          action={t('ui:delete')}
          onConfirm={async () => {
            await api.delete(`/api/groups/${asked.group.id}`);
            await changed();
          }}
          onClose={() => setAsked(null)}
        />
      )}
      {asked && asked.what !== 'delete' && (
        <GroupForm {...(asked.what === 'rename' && { group: asked.group })} onSaved={changed} onClose={() => setAsked(null)} />
      )}
    </Section>
  );
}

function GroupForm({ group, onSaved, onClose }: { group?: PeopleGroup; onSaved: () => Promise<unknown>; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const form = useForm({ initialValues: { name: group?.name ?? '' } });
  const { submit, ...foot } = useSubmit(
    form,
    ({ name }) =>
      group
        ? api.patch(`/api/groups/${group.id}`, undefined, { name: name.trim() })
        : api.post('/api/groups', undefined, { name: name.trim() }),
    async () => {
      await onSaved();
      onClose();
    },
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={group ? t('people.rename', { name: group.name }) : t('people.addGroup')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t('people.groupName')}
            required
            withAsterisk={false}
            maxLength={200}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <FormFoot {...foot} done="" />
        </Stack>
      </form>
    </Modal>
  );
}
