import { useState } from 'react';
import { Checkbox, Collapse, Group, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Directory } from '../../../../api/rule-sets.js';
import { valueLabel, zoneName } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { ClockInput } from '../form/widgets/clock-input.js';
import { toWallClock } from '../wall-clock.js';
import type { ChatDeal } from './chat-move.js';
import { channelKinds, type TryChoices, type TryContact, type TryPlace } from './try-choices.js';
import { TryClient } from './try-client.js';
import { TryDeal } from './try-deal.js';
import classes from './try-it.module.css';

interface TryOptionsProps {
  choices: TryChoices;
  onChange: (choices: TryChoices) => void;
  directory: Directory;
  /** The contact's deal as the rules left it. */
  deal: ChatDeal | undefined;
  /** IANA zone of the graph. */
  zone: string;
}

const places: readonly TryPlace[] = ['direct', 'group', 'comments'];

/** Who writes, where and when, with which deal; folded it is one line. */
export function TryOptions({ choices, onChange, directory, deal, zone }: TryOptionsProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const { contact, clock } = choices;
  const change = (part: Partial<TryChoices>) => onChange({ ...choices, ...part });
  const setContact = (part: Partial<TryContact>) => change({ contact: { ...contact, ...part } });
  const [opened] = useState(() => Date.now());
  const today = toWallClock(opened, zone).date;
  const channels = [
    { group: t('try.channels'), items: directory.channels.map(({ id, name }) => ({ value: `channel:${id}`, label: name })) },
    {
      group: t('try.kinds'),
      items: channelKinds.map((kind) => ({ value: `kind:${kind}`, label: valueLabel('channel.kind', kind)[language] })),
    },
  ].filter(({ items }) => items.length > 0);
  const channelName =
    directory.channels.find(({ id }) => choices.channel === `channel:${id}`)?.name ??
    valueLabel('channel.kind', choices.channel.replace(/^kind:/, ''))[language];
  const summary = [
    contact.name || t('try.nameless'),
    channelName,
    clock === 'now' ? t('try.now') : `${clock.date.slice(8)}.${clock.date.slice(5, 7)} ${clock.time}, ${zoneName(zone)[language]}`,
  ].join(' · ');

  return (
    <div className={classes.options}>
      <UnstyledButton onClick={() => setOpen(!isOpen)} aria-expanded={isOpen} aria-label={t('try.options', { summary })} w="100%">
        <Group gap={6} wrap="nowrap">
          {isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          <Text size="sm" truncate>
            {summary}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <Stack gap={10} pt={8} className={classes.choices}>
          <TryClient
            contact={contact}
            channel={choices.channel}
            directory={directory}
            onChange={(next, deal) => change({ contact: next, ...(deal && { deal }) })}
          />
          <Group gap="md">
            <Checkbox
              size="xs"
              label={t('try.bot')}
              checked={contact.bot}
              onChange={(event) => setContact({ bot: event.currentTarget.checked })}
            />
            <Checkbox
              size="xs"
              label={t('try.blocked')}
              checked={contact.blocked}
              onChange={(event) => setContact({ blocked: event.currentTarget.checked })}
            />
          </Group>
          <SimpleGrid cols={2} spacing={8}>
            <Select
              size="xs"
              label={t('try.channel')}
              data={channels}
              value={choices.channel}
              allowDeselect={false}
              onChange={(channel) => channel && change({ channel })}
            />
            <Select
              size="xs"
              label={t('try.place')}
              data={places.map((value) => ({ value, label: t(`try.places.${value}`) }))}
              value={choices.place}
              allowDeselect={false}
              onChange={(value) => change({ place: places.find((one) => one === value) ?? 'direct' })}
            />
          </SimpleGrid>
          {choices.place === 'group' && (
            <TextInput
              size="xs"
              label={t('try.group')}
              value={choices.group}
              onChange={(event) => change({ group: event.currentTarget.value })}
            />
          )}
          {choices.place === 'comments' && (
            <TextInput
              size="xs"
              label={t('try.post')}
              placeholder="https://www.instagram.com/p/BcTplj6jxrh/"
              value={choices.post}
              onChange={(event) => change({ post: event.currentTarget.value })}
            />
          )}
          <TryDeal deal={choices.deal ?? deal ?? 'none'} directory={directory} onChange={(next) => change({ deal: next })} />
          <Text size="xs" fw={500}>
            {t('try.clock', { zone: zoneName(zone)[language] })}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t('try.clock', { zone: zoneName(zone)[language] })}
            data={[
              { value: 'now', label: t('try.now') },
              { value: 'night', label: t('try.night') },
              { value: 'own', label: t('try.own') },
            ]}
            value={clock === 'now' ? 'now' : clock.date === today && clock.time === '23:10' ? 'night' : 'own'}
            onChange={(preset) =>
              change({
                clock: preset === 'now' ? 'now' : preset === 'night' ? { date: today, time: '23:10' } : { date: today, time: '12:00' },
              })
            }
          />
          {clock !== 'now' && (
            <Group gap={8} wrap="nowrap">
              <TextInput
                size="xs"
                type="date"
                aria-label={t('try.date')}
                value={clock.date}
                onChange={(event) => change({ clock: { ...clock, date: event.currentTarget.value } })}
              />
              <ClockInput size="xs" value={clock.time} label={t('try.time')} onChange={(time) => change({ clock: { ...clock, time } })} />
            </Group>
          )}
        </Stack>
      </Collapse>
    </div>
  );
}
