import { useState } from 'react';
import { Accordion, Anchor, Badge, Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { backtestConversation, type BacktestConversation, type BacktestGroup } from '../../../../api/backtests.js';
import { pageOf } from '../../../../api/page.js';
import type { Directory } from '../../../../api/rule-sets.js';
import { useLanguage } from '../../i18n.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { ShowMore } from '../../ui/show-more.js';
import { usePages } from '../../ui/use-pages.js';
import { When } from '../../ui/when.js';
import { outcomeWords } from './outcome-words.js';
import { TwoWays, type SideNames } from './two-ways.js';
import classes from './backtest.module.css';

const conversations = pageOf(backtestConversation);

interface GroupProps {
  /** Names the group on the page and in the address of its conversations. */
  name: string;
  /** Where its conversations are read, `/api/…/conversations`. */
  path: string;
  group: BacktestGroup;
  directory: Directory;
  /** What the two sides are called. */
  sides?: SideNames | undefined;
}

/** What differs for one reason: how often, what changes, and the conversations, which are read when it is opened. */
export function BacktestGroupItem({ name, path, group, directory, sides }: GroupProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  return (
    <Accordion.Item value={name}>
      <Accordion.Control>
        <Group justify="space-between" gap="sm">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {group.title[language]}
          </Text>
          <Group gap={6}>
            {group.conversations > 0 && (
              <Badge color="orange" c="var(--mantine-color-text)" tt="none">
                {t('backtest.conversations', { count: group.conversations })}
              </Badge>
            )}
            {group.bySchedule > 0 && (
              <Badge color="orange" c="var(--mantine-color-text)" tt="none">
                {t('backtest.bySchedule', { count: group.bySchedule })}
              </Badge>
            )}
            {group.sameOutcome > 0 && (
              <Badge color="gray" c="var(--mantine-color-text)" tt="none">
                {t('backtest.sameOutcome', { count: group.sameOutcome })}
              </Badge>
            )}
          </Group>
        </Group>
        <Text size="sm" c="dimmed">
          {Object.entries(group.changes)
            .map(([change, times]) => `${outcomeWords(change, t)} (${times})`)
            .join(' · ')}
          {group.follows > 0 && ` · ${t('backtest.follows', { count: group.follows })}`}
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        {group.conversations + group.bySchedule === 0 ? (
          <Text size="sm">{t('backtest.onlyAnotherWay')}</Text>
        ) : (
          <Conversations name={name} path={path} directory={directory} sides={sides} />
        )}
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function Conversations({ name, path, directory, sides }: Omit<GroupProps, 'group'>) {
  const list = usePages(['rule-set', 'conversations', path], path, conversations, { group: name, limit: '20' });
  const { t } = useTranslation('graph');
  if (list.error) return <ProblemAlert problem={list.error} onRetry={list.again} />;
  if (list.isPending) return <Skeleton h={80} />;
  return (
    <Stack gap="xs">
      {list.isEmpty && <Text size="sm">{t('backtest.erased')}</Text>}
      <ul className={classes.list}>
        {list.items.map((one, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows are only added at the end
          <Conversation key={index} about={one} directory={directory} sides={sides} />
        ))}
      </ul>
      <ShowMore list={list} />
    </Stack>
  );
}

function Conversation({ about, directory, sides }: { about: BacktestConversation; directory: Directory; sides: SideNames | undefined }) {
  const { t } = useTranslation('graph');
  const [isOpen, setOpen] = useState(false);
  const { conversationId, contactId, contact, number, channel, at, event, text } = about;
  return (
    <li className={classes.conversation}>
      <UnstyledButton className={classes.row} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <IconChevronRight size={16} className={classes.chevron} data-open={isOpen || undefined} aria-hidden />
        <span className={classes.text}>
          <span className="client-text">{text === '' ? t(`backtest.event.${event}`) : text}</span>
          <span className={classes.dimmed}>
            {[contact ?? (conversationId !== null && t('backtest.noName')), channel, number !== null && t('backtest.number', { number })]
              .filter(Boolean)
              .map((part) => `${part} · `)}
            <When at={at} />
          </span>
        </span>
      </UnstyledButton>
      {isOpen && (
        <div className={classes.ways}>
          <TwoWays old={about.old} now={about.new} directory={directory} sides={sides} />
          <Group gap="4px 16px">
            {conversationId && (
              <Anchor component={Link} to={`/conversations/${conversationId}`} size="sm">
                {t('backtest.openConversation')}
              </Anchor>
            )}
            {contactId && (
              <Anchor component={Link} to={`/contacts/${contactId}`} size="sm">
                {t('backtest.openContact')}
              </Anchor>
            )}
          </Group>
        </div>
      )}
    </li>
  );
}
