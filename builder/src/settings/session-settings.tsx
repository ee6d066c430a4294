import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { openSession } from '../../../api/session.js';
import { api } from '../api-client.js';
import { listOf } from '../list-of.js';
import { Confirm } from '../ui/confirm.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { Section } from '../ui/section.js';
import { When } from '../ui/when.js';
import { nameBrowser } from './name-browser.js';

const queryKey = ['sessions'];

/** Where one is signed in; each session can be ended, or all others at once. */
export function SessionSettings() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const { data, error } = useQuery({ queryKey, queryFn: () => api.get('/api/sessions', listOf(openSession)) });
  const end = useMutation({
    mutationFn: (id: string) => api.delete(`/api/sessions/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const others = (data ?? []).filter(({ current }) => !current);
  return (
    <Section
      title={t('sections.sessions')}
      text={t('sessions.text')}
      actions={
        others.length > 0 && (
          <Button variant="default" onClick={() => setAsks(true)}>
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      <ProblemAlert problem={error ?? end.error} />
      {!data && !error && <RowsSkeleton rows={2} />}
      <Stack gap="md">
        {data?.map(({ id, current, ip, userAgent, createdAt, lastSeenAt }) => {
          const agent = nameBrowser(userAgent) ?? t('sessions.unknown');
          return (
            <Group key={id} justify="space-between" gap="sm">
              <div>
                <Group gap="sm">
                  <Text title={userAgent ?? undefined}>{agent}</Text>
                  {current && <Badge>{t('sessions.current')}</Badge>}
                </Group>
                <Text size="xs" c="dimmed">
                  {ip && `${ip} · `}
                  {t('sessions.lastSeen')}: <When at={lastSeenAt} /> · {t('sessions.started')}: <When at={createdAt} />
                </Text>
              </div>
              {!current && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t('sessions.endOf', { agent })}
                  loading={end.isPending && end.variables === id}
                  onClick={() => end.mutate(id)}
                >
                  {t('sessions.end')}
                </Button>
              )}
            </Group>
          );
        })}
      </Stack>
      {asks && (
        <Confirm
          title={t('sessions.endOthersTitle')}
          text={t('sessions.endOthersText')}
          action={t('sessions.endOthers')}
          onConfirm={async () => {
            await api.delete('/api/sessions');
            await client.invalidateQueries({ queryKey });
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </Section>
  );
}
