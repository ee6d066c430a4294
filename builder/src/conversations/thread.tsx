import { Button, Center, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../api/messages.js';
import { useLanguage } from '../i18n.js';
import type { useMessageLog } from '../messages/use-message-log.js';
import { useMe } from '../session.js';
import { RowsSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { formatDay } from '../ui/times.js';
import { useNow } from '../ui/use-now.js';
import { Bubble } from './bubble.js';
import { tellAuthor } from './tell-author.js';
import { toThreadDays } from './thread-days.js';
import classes from './thread.module.css';
import { useThreadScroll } from './use-thread-scroll.js';

interface ThreadProps {
  thread: ReturnType<typeof useMessageLog>;
  /** The message that the address asks for. */
  wanted: string | null;
  scroll: ReturnType<typeof useThreadScroll>;
  onWhy: (id: string) => void;
}

/** Earlier messages are read when the reader comes so near to the first (px). */
const nearStart = 300;
/** A wanted message is looked for in so many pages of 50; an older one is told by its drawer alone. */
const mostPages = 20;

/** The messages of a conversation by day, the newest at the bottom; earlier ones are read on the way up. */
export function Thread({ thread: { log, items, hasGap, showNew }, wanted, scroll: { box, onScroll, leftAt, toEnd }, onWhy }: ThreadProps) {
  const { t } = useTranslation('conversations');
  const language = useLanguage();
  const { timezone } = useMe();
  const now = useNow();
  const days = useMemo(() => toThreadDays(items, timezone), [items, timezone]);
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage, data } = log;
  const earlier = () => void fetchNextPage();
  const mayGoBack = hasNextPage && !isFetchingNextPage && !isError;
  const isSought = mayGoBack && wanted !== null && (data?.pages.length ?? 0) < mostPages && !items.some(({ id }) => id === wanted);
  useEffect(() => {
    if (isSought) void fetchNextPage();
  }, [isSought, fetchNextPage]);
  const unseen = leftAt === undefined ? 0 : items.findIndex(({ id }) => id === leftAt);
  return (
    <div className={classes.work}>
      <section
        ref={box}
        className={classes.box}
        aria-label={t('thread')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is scrolled by the keyboard too
        tabIndex={0}
        onScroll={({ currentTarget }) => {
          onScroll();
          if (mayGoBack && currentTarget.scrollTop < nearStart) earlier();
        }}
      >
        <div className={classes.column}>
          {log.isPending && <RowsSkeleton rows={6} />}
          {hasNextPage && (
            <Center>
              <Button size="xs" variant="default" loading={isFetchingNextPage} onClick={earlier}>
                {t('earlier')}
              </Button>
            </Center>
          )}
          <ProblemAlert problem={log.error} onRetry={() => void (data ? fetchNextPage() : log.refetch())} />
          {data && items.length === 0 && (
            <Text c="dimmed" ta="center" my="auto">
              {t('empty')}
            </Text>
          )}
          {days.map(({ date, items: ofDay }) => (
            <section key={date} className={classes.day} aria-label={formatDay(date, { language, timezone, now })}>
              <h2 className={classes.date}>{formatDay(date, { language, timezone, now })}</h2>
              <ol className={classes.list}>
                {ofDay.map(({ message, isFirstOfTurn }) => (
                  <li key={message.id} className={classes.row} data-direction={message.direction}>
                    <Bubble message={message} isNamed={isFirstOfTurn} isWanted={message.id === wanted} onWhy={onWhy} />
                  </li>
                ))}
              </ol>
            </section>
          ))}
        </div>
      </section>
      <Newest message={items[0]} />
      {(hasGap || leftAt !== undefined) && (
        <Button
          className={classes.newer}
          radius="xl"
          size="xs"
          variant={hasGap || unseen > 0 ? 'filled' : 'default'}
          leftSection={<IconArrowDown size={16} aria-hidden />}
          onClick={() => {
            if (hasGap) void showNew();
            toEnd();
          }}
        >
          {hasGap ? t('manyNew') : unseen > 0 ? t('newOnes', { count: unseen }) : t('toNewest')}
        </Button>
      )}
    </div>
  );
}

/** Says a message aloud that comes while the thread is open; what was there before is read by whoever goes through it. */
function Newest({ message }: { message: Message | undefined }) {
  const { t } = useTranslation('conversations');
  const language = useLanguage();
  const [first, setFirst] = useState(message?.id);
  if (first === undefined && message) setFirst(message.id);
  const isNew = message !== undefined && first !== undefined && message.id !== first;
  return <VisuallyHidden role="status">{isNew && `${tellAuthor(message, language, t)}: ${message.text}`}</VisuallyHidden>;
}
