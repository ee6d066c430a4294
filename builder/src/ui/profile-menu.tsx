import { ActionIcon, Avatar, Group, Menu, Text, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconLogout, IconUserCog } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api } from '../api-client.js';
import { sessionQuery, useMe, type Me } from '../session.js';

const themes = ['auto', 'light', 'dark'] as const;

/** Who is signed in, the language, light or dark, the way out. */
export function ProfileMenu({ compact = false }: { compact?: boolean }) {
  const { t } = useTranslation('ui');
  const me = useMe();
  const change = useChangeProfile();
  const signOut = useSignOut();
  return (
    <Menu position={compact ? 'bottom-end' : 'top-start'} width={230}>
      <Menu.Target>
        {compact ? (
          <ActionIcon variant="subtle" size="lg" radius="xl">
            <VisuallyHidden>{t('profile.menu')}</VisuallyHidden>
            <Avatar size={30} name={me.name} color="teal" alt="" aria-hidden />
          </ActionIcon>
        ) : (
          <UnstyledButton p="xs" mt="sm">
            <VisuallyHidden>{t('profile.menu')}</VisuallyHidden>
            <Group gap="sm" wrap="nowrap">
              <Avatar size={32} name={me.name} color="teal" alt="" aria-hidden />
              <div style={{ minWidth: 0 }}>
                <Text truncate>{me.name}</Text>
                <Text size="xs" c="dimmed" truncate>
                  {me.account.name}
                </Text>
              </div>
            </Group>
          </UnstyledButton>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.email} · {t(`roles.${me.role}`)}
        </Menu.Label>
        <Menu.Item component={Link} to="/settings/profile" leftSection={<IconUserCog size={18} aria-hidden />}>
          {t('profile.settings')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('profile.language')}</Menu.Label>
        <Menu.RadioGroup value={me.language} onChange={(language) => change.mutate({ language: language === 'en' ? 'en' : 'ru' })}>
          <Menu.RadioItem value="ru">Русский</Menu.RadioItem>
          <Menu.RadioItem value="en">English</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Label>{t('profile.theme')}</Menu.Label>
        <Menu.RadioGroup
          value={me.theme}
          onChange={(chosen) => change.mutate({ theme: themes.find((theme) => theme === chosen) ?? 'auto' })}
        >
          {themes.map((theme) => (
            <Menu.RadioItem key={theme} value={theme}>
              {t(`profile.${theme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={() => signOut.mutate()}>
          {t('profile.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Changes the profile at once on the page, and back if the server refuses. */
function useChangeProfile() {
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  return useMutation({
    mutationFn: (values: Partial<Pick<Me, 'language' | 'theme'>>) => api.patch('/api/profile', undefined, values),
    onMutate: (values) => {
      const before = client.getQueryData(sessionQuery.queryKey);
      if (values.theme) setColorScheme(values.theme);
      client.setQueryData(sessionQuery.queryKey, (me) => (me ? { ...me, ...values } : me));
      return before;
    },
    onError: (_problem, _values, before) => {
      if (before) setColorScheme(before.theme);
      client.setQueryData(sessionQuery.queryKey, before);
    },
  });
}

function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => api.delete('/api/session'),
    onSuccess: () => {
      void navigate('/sign-in');
      // Nothing of this person may be shown to the next one.
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
    },
  });
}
