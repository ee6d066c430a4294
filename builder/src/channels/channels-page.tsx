import { Button, Drawer, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { channel as channelShape, connectorInfo, type Channel, type ConnectorInfo } from '../../../api/channels.js';
import { api } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { listOf } from '../list-of.js';
import { useLive, useLiveQuery } from '../live.js';
import { can, useMe } from '../session.js';
import { Confirm } from '../ui/confirm.js';
import { EmptyState } from '../ui/empty-state.js';
import { Page } from '../ui/page.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { ChannelCard, type Panel } from './channel-card.js';
import { ChannelLog, Quarantine } from './channel-log.js';
import { ConnectChannel } from './connect-channel.js';
import { ConnectForm } from './connect-form.js';

const queryKey = ['channels'];

/** «Каналы»: cards with health; `/channels/:id` opens one channel's settings. */
export function ChannelsPage() {
  const { t } = useTranslation('channels');
  const language = useLanguage();
  const mayManage = can(useMe().role, 'manage');
  const { id } = useParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const channels = useQuery({ queryKey, queryFn: () => api.get('/api/channels', listOf(channelShape)) });
  const connectors = useQuery({
    queryKey: ['connectors'],
    queryFn: () => api.get('/api/connectors', listOf(connectorInfo)),
    staleTime: Infinity,
  });
  useLiveQuery(['channel', 'message'], queryKey, 3000);
  // A server that was away is back: what did not come then comes now.
  useLive(['channel'], () => {
    if (connectors.isError) void connectors.refetch();
  });
  const [isConnecting, setConnecting] = useState(false);
  const [open, setOpen] = useState<{ id: string; panel: Panel } | null>(null);
  const changed = () => client.invalidateQueries({ queryKey });
  const setActive = useMutation({
    mutationFn: ({ id, active }: { id: string; active: boolean }) => api.patch(`/api/channels/${id}`, channelShape, { active }),
    onSuccess: changed,
  });
  const panel = open ?? (id && mayManage ? { id, panel: 'settings' as const } : null);
  const chosen = channels.data?.find((channel) => channel.id === panel?.id);
  const close = () => {
    setOpen(null);
    if (id) void navigate('/channels', { replace: true });
  };
  const connectButton = mayManage && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} disabled={!connectors.data} onClick={() => setConnecting(true)}>
      {t('connect')}
    </Button>
  );
  const list = channels.data ?? [];
  return (
    <Page title={t('title')} actions={list.length > 0 && connectButton}>
      <Stack gap="lg">
        {!mayManage && <Text c="dimmed">{t('readOnly')}</Text>}
        <ProblemAlert
          problem={channels.error ?? connectors.error}
          onRetry={() => {
            void channels.refetch();
            void connectors.refetch();
          }}
        />
        <ProblemAlert problem={setActive.error} />
        {channels.isPending && <RowsSkeleton rows={5} />}
        {channels.data && list.length === 0 && (
          <EmptyState icon={IconPlugConnected} title={t('empty.title')} text={t('empty.text')}>
            {connectButton}
          </EmptyState>
        )}
        <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="lg" style={{ alignItems: 'start' }}>
          {list.map((channel) => (
            <ChannelCard
              key={channel.id}
              channel={channel}
              kindTitle={connectors.data?.find(({ kind }) => kind === channel.kind)?.title[language] ?? channel.kind}
              connectsItself={connectors.data?.find(({ kind }) => kind === channel.kind)?.connectsItself ?? false}
              mayManage={mayManage}
              isSwitching={setActive.isPending && setActive.variables.id === channel.id}
              onOpen={(panel) => setOpen({ id: channel.id, panel })}
              onSwitchOn={() => setActive.mutate({ id: channel.id, active: true })}
            />
          ))}
        </SimpleGrid>
      </Stack>
      {isConnecting && connectors.data && (
        <ConnectChannel
          connectors={connectors.data}
          channels={list}
          onChanged={changed}
          onMend={(made) => {
            setConnecting(false);
            setOpen({ id: made, panel: 'settings' });
          }}
          onClose={() => setConnecting(false)}
        />
      )}
      {panel && chosen && (
        <OpenPanel
          panel={panel.panel}
          channel={chosen}
          connector={connectors.data?.find(({ kind }) => kind === chosen.kind)}
          onChanged={changed}
          onSwitchOff={() => setActive.mutateAsync({ id: chosen.id, active: false })}
          onClose={close}
        />
      )}
    </Page>
  );
}

interface Opened {
  panel: Panel;
  channel: Channel;
  connector: ConnectorInfo | undefined;
  onChanged: () => Promise<unknown>;
  onSwitchOff: () => Promise<unknown>;
  onClose: () => void;
}

function OpenPanel({ panel, channel, connector, onChanged, onSwitchOff, onClose }: Opened) {
  const { t } = useTranslation('channels');
  const { name } = channel;
  if (panel === 'delete') {
    return (
      <Confirm
        title={t('deleteTitle', { name })}
        text={t('deleteText')}
        action={t('ui:delete')}
        onConfirm={async () => {
          await api.delete(`/api/channels/${channel.id}`);
          await onChanged();
        }}
        onClose={onClose}
      />
    );
  }
  if (panel === 'switch-off') {
    return (
      <Confirm
        title={t('switchOffTitle', { name })}
        text={t('switchOffText')}
        action={t('switchOff')}
        onConfirm={onSwitchOff}
        onClose={onClose}
      />
    );
  }
  const titles = { settings: name, log: t('logTitle', { name }), quarantine: t('quarantineTitle', { name }) };
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={titles[panel]} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      {panel === 'log' && <ChannelLog channel={channel} />}
      {panel === 'quarantine' && <Quarantine channel={channel} />}
      {panel === 'settings' && connector && (
        <ConnectForm
          connector={connector}
          channel={channel}
          action={t('ui:save')}
          onSave={({ account, ...input }) => api.patch(`/api/channels/${channel.id}`, channelShape, { ...input, account: account || null })}
          onDone={() => {
            void onChanged();
            onClose();
          }}
          onCancel={onClose}
        />
      )}
    </Drawer>
  );
}
