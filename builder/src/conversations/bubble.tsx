import { Anchor, Group, Text } from '@mantine/core';
import { IconMessageQuestion, IconSitemap, IconUser } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../api/messages.js';
import { useLanguage } from '../i18n.js';
import { AttachmentList } from '../messages/message-content.js';
import { exportReason } from '../messages/step-name.js';
import { Delivery, ExportStatuses, Reason, StatusWord } from '../messages/statuses.js';
import { useMe } from '../session.js';
import { ClientText } from '../ui/client-text.js';
import { formatClock, formatFullTime, formatTime } from '../ui/times.js';
import { tellAuthor } from './tell-author.js';
import classes from './thread.module.css';

interface BubbleProps {
  message: Message;
  /** Who wrote it stands over it. */
  isNamed: boolean;
  /** The address asks for it. */
  isWanted: boolean;
  onWhy: (id: string) => void;
}

/** What became of an export that needs no word in a conversation. */
const smooth = new Set(['queued', 'exported']);
/** How a delivery ends that somebody should look at. */
const troubles = new Set(['failed', 'unknown']);

/** One message of a thread: who said what, what became of it, and «Почему?». */
export const Bubble = memo(function Bubble({ message, isNamed, isWanted, onWhy }: BubbleProps) {
  const { t } = useTranslation('conversations');
  const language = useLanguage();
  const { timezone } = useMe();
  const view = { language, timezone };
  const { id, at, status, editedAt, deletedAt, delivery } = message;
  const who = tellAuthor(message, language, t);
  const time = formatTime(at, view);
  const exports = message.exports.filter((one) => !smooth.has(one.status));
  const isHeld = status !== 'passed' || exports.some((one) => one.status === 'dropped');
  return (
    <article
      className={classes.bubble}
      aria-label={t('bubble', { who, time })}
      data-message={id}
      data-held={isHeld || undefined}
      aria-current={isWanted || undefined}
    >
      {isNamed && (
        <div className={classes.who}>
          <AuthorIcon message={message} />
          <bdi className="client-text">{who}</bdi>
        </div>
      )}
      <Said message={message} />
      {(exports.length > 0 || isHeld) && (
        <Group gap={6} mt={6}>
          <ExportStatuses message={{ ...message, exports }} />
        </Group>
      )}
      <Reason message={message} />
      {exports.map(
        ({ crm, status: became, reason }) =>
          // Why it was filtered the line above tells.
          reason &&
          became !== 'filtered' && (
            <Text key={crm} size="xs" c="dimmed" className="client-text">
              {exportReason(reason, message.reason, language)}
            </Text>
          ),
      )}
      {delivery && troubles.has(delivery.status) && (
        <Group gap={6} mt={6}>
          <Delivery delivery={delivery} />
        </Group>
      )}
      <div className={classes.under}>
        <time dateTime={at} title={formatFullTime(at, view)}>
          {formatClock(at, view)}
        </time>
        {(deletedAt ?? editedAt) && <span>{t(deletedAt ? 'messages:deleted' : 'messages:edited')}</span>}
        {delivery && !troubles.has(delivery.status) && <StatusWord status={delivery.status} />}
        <Anchor
          component="button"
          type="button"
          className={classes.why}
          aria-label={t('whyOf', { who, time })}
          aria-haspopup="dialog"
          onClick={() => onWhy(id)}
        >
          <Group gap={4} wrap="nowrap">
            <IconMessageQuestion size={14} aria-hidden />
            {t('why')}
          </Group>
        </Anchor>
      </div>
    </article>
  );
});

/** People and rules are told apart by a sign as well; a client is on the other side. */
function AuthorIcon({ message: { direction, origin } }: { message: Message }) {
  if (direction === 'in') return null;
  const Sign = origin === 'rules' ? IconSitemap : IconUser;
  return <Sign size={14} stroke={1.8} aria-hidden />;
}

/** The text, else what it is instead; files by reference. What was deleted stays readable, struck through. */
function Said({ message: { text, attachments, kind, deletedAt } }: { message: Message }) {
  const { t } = useTranslation('messages');
  return (
    <>
      {kind === 'comment' && (
        <Text size="xs" c="dimmed">
          {t('kind.comment')}
        </Text>
      )}
      {text && (
        <Text component="div" td={deletedAt ? 'line-through' : undefined}>
          <ClientText text={text} />
        </Text>
      )}
      {!text && attachments.length === 0 && (
        <Text c="dimmed">{kind === 'text' ? t('noText') : t(`kind.${kind}`, { defaultValue: kind })}</Text>
      )}
      {attachments.length > 0 && <AttachmentList attachments={attachments} />}
    </>
  );
}
