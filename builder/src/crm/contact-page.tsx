import { Anchor, Badge, Button, Group, Modal, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconMessages, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { contact as contactShape, dealPage, type Contact } from '../../../api/crm.js';
import { api } from '../api-client.js';
import { useLiveQuery } from '../live.js';
import { can, useMe } from '../session.js';
import { ChannelIcon } from '../ui/channel-icon.js';
import { ClientLink } from '../ui/client-text.js';
import { isUnknownAddress } from '../ui/is-unknown-address.js';
import { NotFoundPage } from '../ui/not-found-page.js';
import { Page } from '../ui/page.js';
import { PageSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Section } from '../ui/section.js';
import { ShowMore } from '../ui/show-more.js';
import { usePages } from '../ui/use-pages.js';
import { useSubmit } from '../ui/use-submit.js';
import { ConversationList } from './conversation-list.js';
import { NoteList } from './note-list.js';
import { OwnFields } from './own-fields.js';
import { TaskList } from './task-list.js';

/** One person: where they write from, conversations, deals, tasks, notes. */
export function ContactPage() {
  const { t } = useTranslation('crm');
  const { id = '' } = useParams();
  const mayWork = can(useMe().role, 'work');
  const [isChanging, setChanging] = useState(false);
  const { data, error, refetch } = useQuery({ queryKey: ['contact', id], queryFn: () => api.get(`/api/contacts/${id}`, contactShape) });
  if (isUnknownAddress(error)) return <NotFoundPage />;
  if (error) {
    return (
      <Page title={t('contacts.title')} width={720}>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Page>
    );
  }
  if (!data) return <PageSkeleton />;
  return (
    <Page
      title={data.name || t('ui:unnamed')}
      width={1200}
      actions={
        <>
          <Button component={Link} to={`/messages?contact=${id}`} variant="default" leftSection={<IconMessages size={18} aria-hidden />}>
            {t('contact.messages')}
          </Button>
          {mayWork && (
            <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={() => setChanging(true)}>
              {t('contact.change')}
            </Button>
          )}
        </>
      }
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
        <Stack gap="lg">
          <Identities contact={data} />
          <ConversationList contactId={id} />
          <Deals contactId={id} />
        </Stack>
        <Stack gap="lg">
          <TaskList of={{ contact: id }} />
          <NoteList contactId={id} />
        </Stack>
      </SimpleGrid>
      {isChanging && <ChangeContact contact={data} onClose={() => setChanging(false)} />}
    </Page>
  );
}

function Identities({ contact: { identities, phone, email, bot, fields } }: { contact: Contact }) {
  const { t } = useTranslation('crm');
  return (
    <Section title={t('contact.identities')}>
      <Stack gap="sm">
        {(phone ?? email) && (
          <Text>
            <bdi>{[phone, email].filter(Boolean).join(', ')}</bdi>
          </Text>
        )}
        {bot && (
          <Group>
            <Badge color="gray">{t('contacts.bot')}</Badge>
          </Group>
        )}
        {identities.map(({ id, kind, name, username, externalId, profileUrl, blocked }) => (
          <Group key={id} gap="sm">
            <ChannelIcon kind={kind} size={18} />
            <Text>
              {t(`ui:kinds.${kind}`, { defaultValue: kind })}: <bdi>{username ? `@${username}` : (name ?? externalId)}</bdi>
            </Text>
            {profileUrl && <ClientLink href={profileUrl}>{t('contact.profile')}</ClientLink>}
            {blocked && <Badge color="yellow">{t('contact.blocked')}</Badge>}
          </Group>
        ))}
        {Object.keys(fields).length > 0 && <OwnFields fields={fields} none="" />}
      </Stack>
    </Section>
  );
}

function Deals({ contactId }: { contactId: string }) {
  const { t } = useTranslation('crm');
  const list = usePages(['deals'], '/api/deals', dealPage, { contact: contactId });
  useLiveQuery(['deal'], ['deals']);
  return (
    <Section title={t('contact.deals')}>
      <ProblemAlert problem={list.error} onRetry={list.again} />
      {list.isEmpty && <Text c="dimmed">{t('contact.noDeals')}</Text>}
      <Stack gap="sm">
        {list.items.map(({ id, number, name, pipeline, stage, open }) => (
          <div key={id}>
            <Group gap="sm">
              <Anchor component={Link} to={`/deals/${id}`}>
                <bdi>{name}</bdi>
              </Anchor>
              <Badge color={open ? 'green' : 'gray'}>{t(open ? 'deal.isOpen' : 'deal.isClosed')}</Badge>
            </Group>
            <Text size="xs" c="dimmed">
              № {number} · {pipeline} → {stage}
            </Text>
          </div>
        ))}
      </Stack>
      <ShowMore list={list} />
    </Section>
  );
}

function ChangeContact({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation('crm');
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: contact.name ?? '', phone: contact.phone ?? '', email: contact.email ?? '', bot: contact.bot },
  });
  const { submit, isSending, problem, fields } = useSubmit(
    form,
    ({ name, phone, email, bot }) =>
      api.patch(`/api/contacts/${contact.id}`, undefined, {
        name: name.trim() || null,
        phone: phone.trim() || null,
        email: email.trim() || null,
        bot,
      }),
    async () => {
      await client.invalidateQueries({ queryKey: ['contact', contact.id] });
      onClose();
    },
  );
  return (
    <Modal opened onClose={onClose} title={t('contact.change')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput label={t('contact.name')} maxLength={200} data-autofocus {...form.getInputProps('name')} />
          <TextInput label={t('contact.phone')} type="tel" maxLength={40} {...form.getInputProps('phone')} />
          <TextInput label={t('contact.email')} type="email" maxLength={320} {...form.getInputProps('email')} />
          <Switch label={t('contact.bot')} {...form.getInputProps('bot', { type: 'checkbox' })} />
          <ProblemAlert problem={problem} fields={fields} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('ui:cancel')}
            </Button>
            <Button type="submit" loading={isSending}>
              {t('ui:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
