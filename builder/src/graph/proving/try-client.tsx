import { useState } from 'react';
import { ActionIcon, Button, Group, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { contact as contactShape, contactPage, dealPage } from '../../../../api/crm.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { api, withQuery } from '../../api-client.js';
import type { ChatDeal } from './chat-move.js';
import type { TryContact } from './try-choices.js';

interface TryClientProps {
  contact: TryContact;
  channel: string;
  directory: Directory;
  /** `deal`: what a chosen client has; absent: it stays. */
  onChange: (contact: TryContact, deal?: ChatDeal | 'none') => void;
}

/** The client of the chat: a known one, with the deal that he has, or anybody. */
export function TryClient({ contact, channel, directory, onChange }: TryClientProps) {
  const { t } = useTranslation('graph');
  const [query, setQuery] = useState('');
  const [asked] = useDebouncedValue(query, 250);
  const { data } = useQuery({
    queryKey: ['contacts', 'for-try', asked],
    queryFn: () => api.get(withQuery('/api/contacts', { q: asked, limit: 20 }), contactPage),
    staleTime: 60_000,
  });
  const set = (part: Partial<TryContact>) => onChange({ ...contact, ...part });
  const choose = async (id: string | null) => {
    if (id === null) return onChange({ ...contact, id: 'try' }, 'none');
    const [known, deals] = await Promise.all([
      api.get(`/api/contacts/${id}`, contactShape),
      api.get(withQuery('/api/deals', { contact: id, limit: 20 }), dealPage),
    ]);
    const kind = directory.channels.find((one) => channel === `channel:${one.id}`)?.kind ?? channel.replace(/^kind:/, '');
    const identity = known.identities.find((one) => one.kind === kind) ?? known.identities[0];
    const deal = deals.items.find(({ open }) => open) ?? deals.items[0];
    onChange(
      {
        id: identity?.externalId ?? id,
        name: known.name ?? identity?.name ?? '',
        username: identity?.username ?? '',
        phone: identity?.phone ?? known.phone ?? '',
        bot: known.bot,
        blocked: identity?.blocked ?? false,
        fields: [],
      },
      deal
        ? {
            id: deal.id,
            pipeline: deal.pipeline,
            stage: deal.stage,
            open: deal.open,
            tags: deal.tags,
            ...(deal.responsible && { responsible: deal.responsible.id }),
          }
        : 'none',
    );
  };

  return (
    <>
      <Select
        size="xs"
        label={t('try.known')}
        placeholder={t('try.anybody')}
        data={(data?.items ?? []).map(({ id, name, phone }) => ({ value: id, label: name ?? phone ?? t('try.nameless') }))}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('try.anybody') }}
        searchValue={query}
        onSearchChange={setQuery}
        filter={({ options }) => options}
        nothingFoundMessage={t('try.nobody')}
        onChange={(id) => void choose(id)}
      />
      <SimpleGrid cols={2} spacing={8}>
        <TextInput size="xs" label={t('try.name')} value={contact.name} onChange={(event) => set({ name: event.currentTarget.value })} />
        <TextInput
          size="xs"
          label={t('try.username')}
          placeholder="anna"
          value={contact.username}
          onChange={(event) => set({ username: event.currentTarget.value })}
        />
        <TextInput
          size="xs"
          label={t('try.phone')}
          placeholder="79991234567"
          value={contact.phone}
          onChange={(event) => set({ phone: event.currentTarget.value })}
        />
        <TextInput size="xs" label={t('try.id')} value={contact.id} onChange={(event) => set({ id: event.currentTarget.value })} />
      </SimpleGrid>
      {contact.fields.map(({ name, value }, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Group key={index} gap={6} wrap="nowrap" align="flex-end">
          <TextInput
            size="xs"
            flex={1}
            aria-label={t('try.fieldName')}
            placeholder={t('try.fieldName')}
            value={name}
            onChange={(event) => set({ fields: contact.fields.with(index, { name: event.currentTarget.value, value }) })}
          />
          <TextInput
            size="xs"
            flex={1}
            aria-label={t('try.fieldValue')}
            placeholder={t('try.fieldValue')}
            value={value}
            onChange={(event) => set({ fields: contact.fields.with(index, { name, value: event.currentTarget.value }) })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('try.removeField', { name })}
            onClick={() => set({ fields: contact.fields.toSpliced(index, 1) })}
          >
            <IconX size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => set({ fields: [...contact.fields, { name: '', value: '' }] })}
      >
        {t('try.addField')}
      </Button>
    </>
  );
}
