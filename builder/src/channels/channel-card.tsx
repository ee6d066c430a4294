import { ActionIcon, Anchor, Badge, Group, Menu, Paper, SimpleGrid, Stack, Switch, Text, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconDots,
  IconPlayerPause,
  IconSettings,
  IconTrash,
  IconListDetails,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Channel } from '../../../api/channels.js';
import { useLanguage } from '../i18n.js';
import { ChannelIcon } from '../ui/channel-icon.js';
import { ownHalf } from '../ui/own-half.js';
import { When } from '../ui/when.js';
import { Addresses } from './addresses.js';

/** What can be opened beside a card. */
export type Panel = 'settings' | 'log' | 'quarantine' | 'delete' | 'switch-off';

interface Card {
  channel: Channel;
  kindTitle: string;
  /** Nothing is to be entered on the other side. */
  connectsItself: boolean;
  mayManage: boolean;
  isSwitching: boolean;
  onOpen: (panel: Panel) => void;
  onSwitchOn: () => void;
}

const states: Record<'new' | 'connected' | 'failing' | 'off', { color: string; icon: Icon }> = {
  new: { color: 'gray', icon: IconClock },
  connected: { color: 'green', icon: IconCheck },
  failing: { color: 'red', icon: IconAlertTriangle },
  off: { color: 'gray', icon: IconPlayerPause },
};

/** A channel with its health: last messages, last error, today's figures, what was not understood. */
export function ChannelCard({ channel, kindTitle, connectsItself, mayManage, isSwitching, onOpen, onSwitchOn }: Card) {
  const { t } = useTranslation('channels');
  const language = useLanguage();
  const { name, kind, account, active, health } = channel;
  const state = active ? health.state : 'off';
  const { color, icon: Sign } = states[state];
  return (
    <Paper withBorder p="lg" component="article" aria-label={name}>
      <Stack gap="md">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <ChannelIcon kind={kind} size={24} />
            <div style={{ minWidth: 0 }}>
              <Title order={2} style={{ overflowWrap: 'anywhere' }}>
                {name}
              </Title>
              <Text size="xs" c="dimmed" truncate>
                {[kindTitle, account].filter(Boolean).join(' · ')}
              </Text>
            </div>
          </Group>
          {mayManage && (
            <Group gap="xs" wrap="nowrap">
              <Switch
                checked={active}
                disabled={isSwitching}
                aria-label={t('switch', { name })}
                onChange={() => (active ? onOpen('switch-off') : onSwitchOn())}
              />
              <CardMenu name={name} onOpen={onOpen} />
            </Group>
          )}
        </Group>
        <Group gap="sm">
          <Badge color={color} leftSection={<Sign size={13} aria-hidden />}>
            {t(`state.${state}`)}
          </Badge>
          {health.quarantined > 0 && mayManage && (
            <Anchor component="button" type="button" size="xs" onClick={() => onOpen('quarantine')}>
              {t('quarantined', { count: health.quarantined })}
            </Anchor>
          )}
        </Group>
        <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="sm">
          <Figure label={t('lastInbound')}>
            <When at={health.lastInboundAt} none={t('ui:never')} />
          </Figure>
          <Figure label={t('lastOutbound')}>
            <When at={health.lastOutboundAt} none={t('ui:never')} />
          </Figure>
          <Figure label={t('today')}>
            <span className="figures">{t('todayFigures', { in: health.inboundToday, out: health.outboundToday })}</span>
          </Figure>
        </SimpleGrid>
        {health.lastError && (
          <Text size="xs" c={state === 'failing' ? 'var(--mantine-color-error)' : 'dimmed'} className="client-text">
            {t('lastError')}, <When at={health.lastErrorAt} />: {ownHalf(health.lastError, language)}
          </Text>
        )}
        {mayManage && !connectsItself && <Addresses channel={channel} />}
        <Group gap="lg">
          <Anchor component={Link} to={`/messages?channel=${channel.id}&period=7d`} size="sm">
            {t('messages')}
          </Anchor>
          <Anchor component={Link} to={`/channels/${channel.id}/rules`} size="sm">
            {t('rules')}
          </Anchor>
          {mayManage && (
            <Anchor component="button" type="button" size="sm" onClick={() => onOpen('settings')}>
              {t('settings')}
            </Anchor>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

function CardMenu({ name, onOpen }: { name: string; onOpen: (panel: Panel) => void }) {
  const { t } = useTranslation('channels');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('actions', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSettings size={16} aria-hidden />} onClick={() => onOpen('settings')}>
          {t('settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconListDetails size={16} aria-hidden />} onClick={() => onOpen('log')}>
          {t('log')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red.8" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => onOpen('delete')}>
          {t('ui:delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text>{children}</Text>
    </div>
  );
}
