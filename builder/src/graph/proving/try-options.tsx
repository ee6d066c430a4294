import { Checkbox, Collapse, Group, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Directory } from '../../../api/rule-sets.js';
import { ClockInput } from './form/widgets/clock-input.js';
import type { TryChannel, TryContact } from './try-chat.js';
import { toInstant, toWallClock } from './wall-clock.js';
import classes from './try-it.module.css';

/** Who writes, where, when, and in which direction. */
export interface TryChoices {
  contact: TryContact;
  /** `channel:<id>` of the account's, or `kind:<kind>`. */
  channel: string;
  /** `now` is the moment of sending; otherwise a date and a time of the graph's zone. */
  clock: 'now' | { date: string; time: string };
  direction: 'in' | 'out';
}

/** Kinds to try without having such a channel. */
const kinds = ['telegram', 'whatsapp', 'instagram', 'vk', 'avito', 'webchat', 'webhook'];

export function firstChoices(directory: Directory, name: string): TryChoices {
  const [first] = directory.channels;
  return {
    contact: { name, username: '', phone: '', bot: false },
    channel: first ? `channel:${first.id}` : 'kind:telegram',
    clock: 'now',
    direction: 'in',
  };
}

/** The channel of an event by what was chosen. */
export function channelOf(choice: string, directory: Directory): TryChannel {
  const found = directory.channels.find(({ id }) => choice === `channel:${id}`);
  if (!found) return { kind: choice.replace(/^kind:/, '') };
  const { id, name, kind, account, surface } = found;
  return { id, name, kind, account: account ?? undefined, surface: surface === 'comments' ? 'comments' : 'direct' };
}

/** The instant of a message by what was chosen; undefined for a date or time that is none. */
export function instantOf(clock: TryChoices['clock'], zone: string, now: number): string | undefined {
  return clock === 'now' ? new Date(now).toISOString() : toInstant(clock.date, clock.time, zone);
}

interface TryOptionsProps {
  choices: TryChoices;
  onChange: (choices: TryChoices) => void;
  directory: Directory;
  /** IANA zone of the graph. */
  zone: string;
}

/** The choices of the try-it chat; folded they are one line. */
export function TryOptions({ choices, onChange, directory, zone }: TryOptionsProps) {
  const { t } = useTranslation('graph');
  const [isOpen, setOpen] = useState(false);
  const { contact, clock } = choices;
  const change = (part: Partial<TryChoices>) => onChange({ ...choices, ...part });
  const setContact = (part: Partial<TryContact>) => change({ contact: { ...contact, ...part } });
  const [opened] = useState(() => Date.now());
  const today = toWallClock(opened, zone).date;
  const channels = [
    { group: t('try.channels'), items: directory.channels.map(({ id, name }) => ({ value: `channel:${id}`, label: name })) },
    { group: t('try.kinds'), items: kinds.map((kind) => ({ value: `kind:${kind}`, label: kind })) },
  ].filter(({ items }) => items.length > 0);
  const channelName =
    directory.channels.find(({ id }) => choices.channel === `channel:${id}`)?.name ?? choices.channel.replace(/^kind:/, '');
  const summary = [contact.name || t('try.nameless'), channelName, clock === 'now' ? t('try.now') : `${clock.time}, ${zone}`].join(' · ');

  return (
    <div className={classes.options}>
      <UnstyledButton onClick={() => setOpen(!isOpen)} aria-expanded={isOpen} w="100%">
        <Group gap={6} wrap="nowrap">
          {isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          <Text size="sm" truncate>
            {summary}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <Stack gap={8} pt={8}>
          <SimpleGrid cols={2} spacing={8}>
            <TextInput
              size="xs"
              label={t('try.name')}
              value={contact.name}
              onChange={(event) => setContact({ name: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              label={t('try.username')}
              placeholder="anna"
              value={contact.username}
              onChange={(event) => setContact({ username: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              label={t('try.phone')}
              placeholder="79991234567"
              value={contact.phone}
              onChange={(event) => setContact({ phone: event.currentTarget.value })}
            />
            <Select
              size="xs"
              label={t('try.channel')}
              data={channels}
              value={choices.channel}
              allowDeselect={false}
              onChange={(channel) => channel && change({ channel })}
            />
          </SimpleGrid>
          <Checkbox
            size="xs"
            label={t('try.bot')}
            checked={contact.bot}
            onChange={(event) => setContact({ bot: event.currentTarget.checked })}
          />
          <Text size="xs" fw={500}>
            {t('try.clock', { zone })}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t('try.clock', { zone })}
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
              <ClockInput value={clock.time} label={t('try.time')} onChange={(time) => change({ clock: { ...clock, time } })} />
            </Group>
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('try.direction')}
            data={[
              { value: 'in', label: t('try.fromClient') },
              { value: 'out', label: t('try.fromOperator') },
            ]}
            value={choices.direction}
            onChange={(direction) => change({ direction: direction === 'out' ? 'out' : 'in' })}
          />
        </Stack>
      </Collapse>
    </div>
  );
}
