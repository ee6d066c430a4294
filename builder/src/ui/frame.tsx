import { Alert, AppShell, Box, Group, Menu, NavLink, ScrollArea, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useElementSize, useMediaQuery } from '@mantine/hooks';
import { IconDots, IconHandStop, IconLock } from '@tabler/icons-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { useMe } from '../session.js';
import { EmptyState } from './empty-state.js';
import classes from './frame.module.css';
import { LostLine } from './lost-line.js';
import { NotificationsBell } from './notifications-bell.js';
import { PageSkeleton } from './page-skeleton.js';
import { ProfileMenu } from './profile-menu.js';
import { isClosedTo, sectionsOf, type Section } from './sections.js';

/** What stands around every page: navigation on the left (on a tablet as icons), at the foot of a phone; notifications and the profile. */
export function Frame() {
  const { t } = useTranslation('ui');
  const { role, account } = useMe();
  const { pathname } = useLocation();
  const isPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  // A tablet and a small laptop: the canvas between its panels needs the room more than the names of the sections.
  const isTight = useMediaQuery('(max-width: 74.99em)', false, { getInitialValueInEffect: false });
  const closed = isClosedTo(role, pathname);
  const { ref: noticesRef, height: noticesHeight } = useElementSize();
  return (
    <AppShell
      navbar={{ width: isTight ? 60 : 208, breakpoint: 'sm', collapsed: { mobile: true } }}
      header={{ height: 52, collapsed: !isPhone }}
      footer={{ height: 58, collapsed: !isPhone }}
      transitionDuration={0}
    >
      <a className="skip-link" href="#main">
        {t('nav.skip')}
      </a>
      {isPhone ? (
        <>
          <AppShell.Header px="md">
            <Group h="100%" justify="space-between">
              <Brand />
              <Group gap="xs">
                <NotificationsBell />
                <ProfileMenu compact />
              </Group>
            </Group>
          </AppShell.Header>
          <AppShell.Footer className={classes.safeFoot}>
            <PhoneNavigation sections={sectionsOf(role)} path={pathname} />
          </AppShell.Footer>
        </>
      ) : (
        <AppShell.Navbar p="sm" className={classes.side}>
          <Group justify={isTight ? 'center' : 'space-between'} px={isTight ? 0 : 'xs'} pb="md" pt="xs" gap="xs">
            <Brand isTight={isTight} />
            <NotificationsBell />
          </Group>
          <ScrollArea flex={1} type="auto">
            <nav aria-label={t('nav.main')}>
              <Stack gap={2}>
                {sectionsOf(role).map(({ key, path, icon: Sign }) => (
                  <Tooltip key={key} label={t(`nav.${key}`)} position="right" disabled={!isTight}>
                    <NavLink
                      component={Link}
                      to={path}
                      className={classes.link}
                      data-tight={isTight || undefined}
                      active={isIn(path, pathname)}
                      aria-current={isIn(path, pathname) ? 'page' : undefined}
                      {...(isTight ? { 'aria-label': t(`nav.${key}`) } : { label: t(`nav.${key}`) })}
                      leftSection={<Sign size={isTight ? 20 : 18} stroke={1.7} aria-hidden />}
                    />
                  </Tooltip>
                ))}
              </Stack>
            </nav>
          </ScrollArea>
          <ProfileMenu compact={isTight} />
        </AppShell.Navbar>
      )}
      <AppShell.Main id="main" tabIndex={-1} className={classes.main} style={{ '--notices-height': `${noticesHeight}px` }}>
        <div ref={noticesRef} className={classes.notices}>
          {account.sendingStopped && (
            <Alert color="red" icon={<IconHandStop aria-hidden />} m="md" role="status">
              {t('sendingStopped')}
            </Alert>
          )}
          <LostLine />
        </div>
        <Suspense fallback={<PageSkeleton />}>
          {closed ? (
            <EmptyState icon={IconLock} title={t('noAccess.title')} text={t('noAccess.text', { role: t(`roles.${role}`) })} />
          ) : (
            <Outlet />
          )}
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}

function Brand({ isTight = false }: { isTight?: boolean }) {
  const { t } = useTranslation('ui');
  return (
    <UnstyledButton component={Link} to="/" aria-label={t('product')}>
      <Group gap="sm" wrap="nowrap">
        <img src="/icon.svg" alt="" width={26} height={26} />
        {!isTight && (
          <Text fw={650} fz={16} c="var(--mantine-color-text)">
            {t('product')}
          </Text>
        )}
      </Group>
    </UnstyledButton>
  );
}

/** Four sections and the rest behind «Ещё», when there are more than five. */
function PhoneNavigation({ sections, path }: { sections: Section[]; path: string }) {
  const { t } = useTranslation('ui');
  const shown = sections.length > 5 ? sections.slice(0, 4) : sections;
  const hidden = sections.slice(shown.length);
  return (
    <Box component="nav" aria-label={t('nav.main')} className={classes.foot}>
      {shown.map((section) => (
        <PhoneLink key={section.key} section={section} path={path} />
      ))}
      {hidden.length > 0 && (
        <Menu position="top-end">
          <Menu.Target>
            <UnstyledButton className={classes.footLink} data-active={hidden.some((section) => isIn(section.path, path)) || undefined}>
              <IconDots size={22} stroke={1.7} aria-hidden />
              <span>{t('nav.more')}</span>
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {hidden.map(({ key, path: to, icon: Sign }) => (
              <Menu.Item key={key} component={Link} to={to} leftSection={<Sign size={18} stroke={1.7} aria-hidden />}>
                {t(`nav.${key}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Box>
  );
}

function PhoneLink({ section: { key, path: to, icon: Sign }, path }: { section: Section; path: string }) {
  const { t } = useTranslation('ui');
  const isHere = isIn(to, path);
  return (
    <UnstyledButton
      component={Link}
      to={to}
      className={classes.footLink}
      data-active={isHere || undefined}
      aria-current={isHere ? 'page' : undefined}
    >
      <Sign size={22} stroke={1.7} aria-hidden />
      <span>{t(`nav.${key}`)}</span>
    </UnstyledButton>
  );
}

function isIn(section: string, path: string): boolean {
  return path === section || path.startsWith(`${section}/`);
}
