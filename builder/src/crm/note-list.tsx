import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notePage } from '../../../api/crm.js';
import { api } from '../api-client.js';
import { can, useMe } from '../session.js';
import { ClientText } from '../ui/client-text.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Section } from '../ui/section.js';
import { ShowMore } from '../ui/show-more.js';
import { usePages } from '../ui/use-pages.js';
import { useSubmit } from '../ui/use-submit.js';
import { When } from '../ui/when.js';

/** Notes on a contact, or on one of its deals, with a field to add one. */
export function NoteList({ contactId, dealId }: { contactId: string; dealId?: string }) {
  const { t } = useTranslation('crm');
  const mayWork = can(useMe().role, 'work');
  const list = usePages(['notes'], '/api/notes', notePage, dealId ? { deal: dealId } : { contact: contactId });
  return (
    <Section title={t('notes.title')}>
      {mayWork && <NewNote contactId={contactId} {...(dealId && { dealId })} />}
      <ProblemAlert problem={list.error} onRetry={list.again} />
      {list.isPending && <RowsSkeleton rows={2} />}
      {list.isEmpty && <Text c="dimmed">{t('notes.none')}</Text>}
      <Stack gap="md">
        {list.items.map(({ id, text, author, createdAt }) => (
          <div key={id}>
            <ClientText text={text} />
            <Text size="xs" c="dimmed">
              <bdi>{author ?? t('notes.byRules')}</bdi>, <When at={createdAt} />
            </Text>
          </div>
        ))}
      </Stack>
      <ShowMore list={list} />
    </Section>
  );
}

function NewNote({ contactId, dealId }: { contactId: string; dealId?: string }) {
  const { t } = useTranslation('crm');
  const client = useQueryClient();
  const form = useForm({ initialValues: { text: '' } });
  const { submit, isSending, problem, fields } = useSubmit(
    form,
    ({ text }) => api.post('/api/notes', undefined, { text: text.trim(), contactId, ...(dealId && { dealId }) }),
    () => {
      form.reset();
      return client.invalidateQueries({ queryKey: ['notes'] });
    },
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Textarea
          aria-label={t('notes.placeholder')}
          placeholder={t('notes.placeholder')}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={10_000}
          {...form.getInputProps('text')}
        />
        <ProblemAlert problem={problem} fields={fields} />
        {form.values.text.trim() && (
          <Group>
            <Button type="submit" size="xs" loading={isSending}>
              {t('notes.add')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
