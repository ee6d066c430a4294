import { Box, Flex, NavLink, Select, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { can, useMe } from '../session.js';
import { NotFoundPage } from '../ui/not-found-page.js';
import { Page } from '../ui/page.js';
import { AccountSettings } from './account-settings.js';
import { AuditSettings } from './audit-settings.js';
import { PeopleSettings } from './people-settings.js';
import { PipelineSettings } from './pipeline-settings.js';
import { ProfileSettings } from './profile-settings.js';
import { PublishingSettings } from './publishing-settings.js';
import { SessionSettings } from './session-settings.js';
import { TokenSettings } from './token-settings.js';

const sections: { key: string; Content: ComponentType; forManagers: boolean }[] = [
  { key: 'profile', Content: ProfileSettings, forManagers: false },
  { key: 'account', Content: AccountSettings, forManagers: false },
  { key: 'people', Content: PeopleSettings, forManagers: false },
  { key: 'pipelines', Content: PipelineSettings, forManagers: false },
  { key: 'publishing', Content: PublishingSettings, forManagers: true },
  { key: 'tokens', Content: TokenSettings, forManagers: true },
  { key: 'sessions', Content: SessionSettings, forManagers: false },
  { key: 'audit', Content: AuditSettings, forManagers: true },
];

/** «Настройки»: one column of sections, each saved by itself; `/settings/:section`. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const { role } = useMe();
  const { section: key } = useParams();
  const navigate = useNavigate();
  const isPhone = useMediaQuery('(max-width: 61.99em)', false, { getInitialValueInEffect: false });
  const open = sections.filter(({ forManagers }) => !forManagers || can(role, 'manage'));
  const section = open.find((section) => section.key === key);
  if (!key) return <Navigate to="/settings/profile" replace />;
  if (!section) return <NotFoundPage />;
  const { Content } = section;
  return (
    <Page title={t('title')} width={1000}>
      <Flex direction={{ base: 'column', md: 'row' }} gap="xl" align="stretch">
        {isPhone ? (
          <Select
            aria-label={t('title')}
            allowDeselect={false}
            data={open.map(({ key }) => ({ value: key, label: t(`sections.${key}`) }))}
            value={section.key}
            onChange={(chosen) => chosen && void navigate(`/settings/${chosen}`)}
          />
        ) : (
          <Stack component="nav" aria-label={t('title')} gap={2} w={190} style={{ flex: 'none' }}>
            {open.map(({ key }) => (
              <NavLink
                key={key}
                component={Link}
                to={`/settings/${key}`}
                label={t(`sections.${key}`)}
                active={key === section.key}
                aria-current={key === section.key ? 'page' : undefined}
                style={{ borderRadius: 8 }}
              />
            ))}
          </Stack>
        )}
        <Box flex={1} miw={0}>
          <Content />
        </Box>
      </Flex>
    </Page>
  );
}
