import { useState } from 'react';
import { Anchor, Badge, Group, Select, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Waiting, WaitingGroup } from '../../../../api/publishing.js';
import { nodeTypes } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { When } from '../../ui/when.js';
import { choicesFor, groupKey, inOrderOfConcern, type WaitingChoices } from './waiting-choices.js';

interface WaitingSectionProps {
  waiting: Waiting;
  choices: WaitingChoices;
  onChoices: (choices: WaitingChoices) => void;
}

/** Conversations in the middle of the rules: how many stand in which step, what the draft makes of it, and what becomes of them. */
export function WaitingSection({ waiting, choices, onChoices }: WaitingSectionProps) {
  const { t } = useTranslation('graph');
  if (waiting.conversations === 0) return null;
  const groups = inOrderOfConcern(waiting.groups);
  const touched = groups.filter(({ state }) => state !== 'same').reduce((sum, { conversations }) => sum + conversations, 0);
  return (
    <Stack gap={8}>
      <Title order={3}>{t('waiting.title', { count: waiting.conversations })}</Title>
      <Text size="sm" c="dimmed">
        {touched > 0 ? t('waiting.touched', { count: touched }) : t('waiting.untouched')}
      </Text>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {groups.map((group) => (
          <Stack key={groupKey(group)} component="li" gap={4}>
            <GroupLine
              group={group}
              waiting={waiting}
              choice={choices.get(groupKey(group)) ?? 'finish'}
              onChoose={(choice) => onChoices(new Map([...choices, [groupKey(group), choice]]))}
            />
          </Stack>
        ))}
      </Stack>
    </Stack>
  );
}

interface GroupLineProps {
  group: WaitingGroup;
  waiting: Waiting;
  choice: string;
  onChoose: (choice: ReturnType<typeof choicesFor>[number]) => void;
}

function GroupLine({ group, waiting, choice, onChoose }: GroupLineProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const title = group.title ?? nodeTypes.get(group.type ?? '')?.title[language] ?? group.node;
  const items = waiting.items.filter(({ version, node }) => version === group.version && node === group.node);
  const offered = choicesFor(group);
  return (
    <>
      <Group gap={8} wrap="nowrap" justify="space-between">
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Text>
        <Badge color={group.state === 'same' ? 'gray' : 'yellow'} c="var(--mantine-color-text)" style={{ flex: 'none' }}>
          {t(`waiting.state.${group.state}`)}
        </Badge>
      </Group>
      <UnstyledButton fz="sm" c="dimmed" td="underline" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('waiting.count', { count: group.conversations, version: group.version })}
      </UnstyledButton>
      {isOpen && (
        <Stack component="ul" gap={2} m={0} pl="md" fz="sm">
          {items.map(({ conversation, contact, channel, due }) => (
            <li key={conversation.id}>
              <Anchor component={Link} to={`/contacts/${contact.id}`} size="sm">
                {contact.name ?? t('try.nameless')}
              </Anchor>{' '}
              <Text span size="sm" c="dimmed">
                <Anchor
                  component={Link}
                  to={`/conversations/${conversation.id}`}
                  inherit
                  aria-label={t('waiting.open', { number: conversation.number })}
                >
                  № {conversation.number}
                </Anchor>
                , {channel}, {t('waiting.until')} <When at={due} />
              </Text>
            </li>
          ))}
          {items.length < group.conversations && <li>{t('waiting.andMore', { count: group.conversations - items.length })}</li>}
        </Stack>
      )}
      <Select
        size="xs"
        aria-label={t('waiting.choice', { name: title })}
        allowDeselect={false}
        data={offered.map((one) => ({ value: one, label: t(`waiting.do.${one}`) }))}
        value={choice}
        onChange={(chosen) => {
          const known = offered.find((one) => one === chosen);
          if (known) onChoose(known);
        }}
      />
    </>
  );
}
