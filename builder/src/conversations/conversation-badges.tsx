import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../api/crm.js';

const scoreColors: Record<string, string> = { promoter: 'green', passive: 'yellow', detractor: 'red' };

/** Whether a conversation is open, and the last score that the client gave in it. */
export function ConversationBadges({ conversation: { status, score } }: { conversation: Pick<Conversation, 'status' | 'score'> }) {
  const { t } = useTranslation('conversations');
  return (
    <>
      <Badge color={status === 'open' ? 'green' : 'gray'}>{t(`status.${status}`)}</Badge>
      {score && <Badge color={scoreColors[score.bucket] ?? 'gray'}>{t('score', { score: score.score, scale: score.scale })}</Badge>}
    </>
  );
}
