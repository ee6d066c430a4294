import { Alert, Anchor, Button, Group, Loader, Modal, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channel as channelShape, type Channel, type ConnectorInfo } from '../../../api/channels.js';
import { api } from '../api-client.js';
import { useLanguage } from '../i18n.js';
import { ChannelIcon } from '../ui/channel-icon.js';
import { ownHalf } from '../ui/own-half.js';
import { Addresses } from './addresses.js';
import { ConnectForm } from './connect-form.js';

/** Connects a channel in three steps: what, with which settings, what to take to the other side. */
export function ConnectChannel({
  connectors,
  channels,
  onChanged,
  onMend,
  onClose,
}: {
  connectors: ConnectorInfo[];
  /** All channels as they are now: what the platform answered to the new one is seen there. */
  channels: Channel[];
  onChanged: () => unknown;
  /** Opens the settings of the channel with this id. */
  onMend: (id: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('channels');
  const language = useLanguage();
  const [connector, setConnector] = useState<ConnectorInfo | null>(null);
  const [created, setCreated] = useState<Channel | null>(null);
  const title = created ? t('created', { name: created.name }) : connector ? t('connect') : t('choose');
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={!connector || created !== null}
      size={560}
      title={title}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {created && (
        <Created
          channel={channels.find(({ id }) => id === created.id) ?? created}
          connectsItself={connector?.connectsItself ?? false}
          onMend={() => onMend(created.id)}
          onClose={onClose}
        />
      )}
      {!created && !connector && <Kinds connectors={connectors} onChoose={setConnector} />}
      {!created && connector && (
        <Stack gap="lg">
          <Group justify="space-between">
            <Group gap="sm">
              <ChannelIcon kind={connector.kind} size={20} />
              <KindTitle connector={connector} />
            </Group>
            <Anchor component="button" type="button" onClick={() => setConnector(null)}>
              <Group gap={4}>
                <IconArrowLeft size={16} aria-hidden />
                {t('back')}
              </Group>
            </Anchor>
          </Group>
          <ConnectForm
            connector={connector}
            suggestedName={freeName(connector.title[language], channels)}
            action={t('create')}
            onSave={({ account, ...input }) =>
              api.post('/api/channels', channelShape, { kind: connector.kind, ...input, ...(account && { account }) })
            }
            onDone={(channel) => {
              onChanged();
              setCreated(channel);
            }}
            onCancel={onClose}
          />
        </Stack>
      )}
    </Modal>
  );
}

/** The second bot is not offered a name that the first one has: «Телеграм-бот 2». */
function freeName(title: string, channels: Channel[]): string {
  const taken = new Set(channels.map(({ name }) => name));
  let name = title;
  for (let number = 2; taken.has(name); number += 1) name = `${title} ${number}`;
  return name;
}

function Kinds({ connectors, onChoose }: { connectors: ConnectorInfo[]; onChoose: (connector: ConnectorInfo) => void }) {
  const language = useLanguage();
  return (
    <Stack gap="sm">
      {connectors.map((connector) => (
        <UnstyledButton key={connector.kind} onClick={() => onChoose(connector)}>
          <Paper withBorder p="md">
            <Group gap="md" wrap="nowrap" align="flex-start">
              <ChannelIcon kind={connector.kind} size={26} />
              <div>
                <Text fw={600}>{connector.title[language]}</Text>
                <Text c="dimmed">{connector.description[language]}</Text>
              </div>
            </Group>
          </Paper>
        </UnstyledButton>
      ))}
    </Stack>
  );
}

function KindTitle({ connector }: { connector: ConnectorInfo }) {
  const language = useLanguage();
  return <Text fw={600}>{connector.title[language]}</Text>;
}

function Created({
  channel,
  connectsItself,
  onMend,
  onClose,
}: {
  channel: Channel;
  connectsItself: boolean;
  onMend: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('channels');
  return (
    <Stack gap="lg">
      {connectsItself ? (
        <Outcome channel={channel} />
      ) : (
        <>
          <Alert color="green" icon={<IconCheck aria-hidden />}>
            {channel.pageUrl ? t('createdChat') : t('createdText')}
          </Alert>
          <Addresses channel={channel} />
        </>
      )}
      <Group justify="flex-end" gap="sm">
        {channel.health.state === 'failing' && (
          <Button variant="default" onClick={onMend}>
            {t('mend')}
          </Button>
        )}
        <Button onClick={onClose}>{t('toChannels')}</Button>
      </Group>
    </Stack>
  );
}

/** What came of telling the platform about us: it is asked after the channel was saved. */
function Outcome({ channel: { account, health } }: { channel: Channel }) {
  const { t } = useTranslation('channels');
  const language = useLanguage();
  if (health.state === 'failing') {
    return (
      <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t('notWorking')}>
        {health.lastError && <p className="client-text">{ownHalf(health.lastError, language)}</p>}
        {t('notWorkingText')}
      </Alert>
    );
  }
  if (health.state === 'new') {
    return (
      <Group gap="sm" role="status">
        <Loader size="sm" />
        <Text>{t('asking')}</Text>
      </Group>
    );
  }
  return (
    <Alert color="green" role="status" icon={<IconCheck aria-hidden />}>
      {account ? t('answeredAs', { account }) : t('answered')}
    </Alert>
  );
}
