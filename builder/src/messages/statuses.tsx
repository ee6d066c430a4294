import { Badge, Group, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconChecks,
  IconClock,
  IconFilter,
  IconHelpCircle,
  IconHandStop,
  IconSend,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../api/messages.js';
import { useLanguage } from '../i18n.js';
import { ownHalf } from '../ui/own-half.js';
import { exportReason, stepName } from './step-name.js';

const looks: Record<string, { color: string; icon: Icon }> = {
  passed: { color: 'green', icon: IconCheck },
  filtered: { color: 'gray', icon: IconFilter },
  error: { color: 'red', icon: IconAlertTriangle },
  queued: { color: 'yellow', icon: IconClock },
  exported: { color: 'green', icon: IconCheck },
  discarded: { color: 'gray', icon: IconTrash },
  dropped: { color: 'gray', icon: IconHandStop },
  failed: { color: 'red', icon: IconAlertTriangle },
  sending: { color: 'yellow', icon: IconSend },
  sent: { color: 'green', icon: IconCheck },
  delivered: { color: 'green', icon: IconChecks },
  read: { color: 'teal', icon: IconChecks },
  unknown: { color: 'orange', icon: IconHelpCircle },
};

/** A status with its sign and word. `of` says whose: a failed export and a failed delivery have words of their own. */
export function StatusBadge({ status, of = 'run' }: { status: string; of?: 'run' | 'export' | 'delivery' }) {
  const { t } = useTranslation('messages');
  const { color, icon: Sign } = looks[status] ?? { color: 'gray', icon: IconHelpCircle };
  const word = status === 'failed' && of !== 'run' ? t(`${of}Failed`) : t(`status.${status}`, { defaultValue: status });
  return (
    <Badge color={color} leftSection={<Sign size={13} aria-hidden />} maw="100%">
      {word}
    </Badge>
  );
}

/** A status in grey, where it is as it should be and a badge would be too much: its sign and word. */
export function StatusWord({ status }: { status: string }) {
  const { t } = useTranslation('messages');
  const Sign = looks[status]?.icon ?? IconHelpCircle;
  return (
    <Group component="span" gap={3} wrap="nowrap">
      <Sign size={14} aria-hidden />
      {t(`status.${status}`, { defaultValue: status })}
    </Group>
  );
}

/** Why a message went no further: by which node of which rule set, with the drop's own text. */
export function Reason({ message }: { message: Pick<Message, 'reason' | 'status'> }) {
  const { t } = useTranslation('messages');
  const language = useLanguage();
  if (!message.reason) return null;
  const { text, ruleSet } = message.reason;
  return (
    <Text size="xs" c="dimmed" className="client-text">
      {t(message.status === 'error' ? 'failedAt' : 'filteredBy', { node: stepName(message.reason, language) })}
      {ruleSet && `, ${t('inRuleSet', { ruleSet })}`}
      {text && ` — ${text}`}
    </Text>
  );
}

/** Which step of which rules sent a message, and in which version, or who of our people wrote it; in one line where there is little room. */
export function SentBy({
  message: { sentBy, author },
  isShort = false,
}: {
  message: Pick<Message, 'sentBy' | 'author'>;
  isShort?: boolean;
}) {
  const { t } = useTranslation('messages');
  const language = useLanguage();
  const told = sentBy
    ? t('sentBy', { node: stepName(sentBy, language), ruleSet: sentBy.ruleSet.name, version: sentBy.version })
    : author && t('writtenBy', { name: author.name });
  if (!told) return null;
  return (
    <Text size="xs" c="dimmed" className="client-text" lineClamp={isShort ? 1 : undefined} title={isShort ? told : undefined}>
      {told}
    </Text>
  );
}

/** The status of each CRM connection; without any, the run's own. */
export function ExportStatuses({ message }: { message: Message }) {
  const language = useLanguage();
  const tellsOfRun =
    message.direction === 'in' && message.status !== 'passed' && !message.exports.some(({ status }) => status === 'filtered');
  return (
    <>
      {tellsOfRun && <StatusBadge status={message.status} />}
      {message.exports.map(({ crm, status, reason }) => (
        <Group key={crm} gap="2px 6px" maw="100%">
          <StatusBadge status={status} of="export" />
          <Text size="xs" c="dimmed" truncate title={reason === null ? undefined : exportReason(reason, message.reason, language)}>
            {crm}
          </Text>
        </Group>
      ))}
    </>
  );
}

/** How far a sent message got, with the number of attempts when the first did not do. */
export function Delivery({ delivery }: { delivery: NonNullable<Message['delivery']> }) {
  const { t } = useTranslation('messages');
  const language = useLanguage();
  const error = delivery.error && ownHalf(delivery.error, language);
  return (
    <>
      <StatusBadge status={delivery.status} of="delivery" />
      {(delivery.attempts > 1 || error) && (
        <Text size="xs" c="dimmed" lineClamp={2} className="client-text">
          {[delivery.attempts > 1 ? t('attempts', { count: delivery.attempts }) : '', error].filter(Boolean).join(': ')}
        </Text>
      )}
    </>
  );
}
