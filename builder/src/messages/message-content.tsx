import { Group, Text } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../api/messages.js';
import { ClientLink } from '../ui/client-text.js';

/** What a message says, in one or two lines of the log: its text, else what is attached. */
export function MessageContent({ message, lines = 2 }: { message: Message; lines?: number }) {
  const { t } = useTranslation('messages');
  const { text, attachments, kind, editedAt, deletedAt } = message;
  return (
    <div style={{ minWidth: 0 }}>
      {text ? (
        <Text lineClamp={lines} className="client-text" td={deletedAt ? 'line-through' : undefined}>
          {text}
        </Text>
      ) : (
        attachments.length === 0 && <Text c="dimmed">{kind === 'text' ? t('noText') : t(`kind.${kind}`, { defaultValue: kind })}</Text>
      )}
      {attachments.length > 0 && (
        <Group gap={4} wrap="nowrap" c="dimmed" fz="xs">
          <IconPaperclip size={14} aria-hidden style={{ flex: 'none' }} />
          <Text size="xs" truncate>
            {attachments.map(({ type, name }) => name ?? t(`kind.${type}`, { defaultValue: type })).join(', ')}
          </Text>
        </Group>
      )}
      {(editedAt || deletedAt) && (
        <Text size="xs" c="dimmed">
          {deletedAt ? t('deleted') : t('edited')}
        </Text>
      )}
    </div>
  );
}

/** The files of a message by reference: a link where the address is http(s), else the name alone. */
export function AttachmentList({ attachments }: { attachments: Message['attachments'] }) {
  const { t } = useTranslation('messages');
  return (
    <ul style={{ margin: 0, paddingLeft: 20 }}>
      {attachments.map(({ type, name, url, size }, index) => {
        const label = name ?? t(`kind.${type}`, { defaultValue: type });
        return (
          // eslint-disable-next-line react/no-array-index-key -- attachments have no other name
          <li key={index}>
            {url ? <ClientLink href={url}>{label}</ClientLink> : <span className="client-text">{label}</span>}
            {size !== undefined && (
              <Text span size="xs" c="dimmed" ml="sm">
                {Math.max(1, Math.round(size / 1024)).toLocaleString()} kB
              </Text>
            )}
          </li>
        );
      })}
    </ul>
  );
}
