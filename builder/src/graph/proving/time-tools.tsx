import { useState } from 'react';
import { ActionIcon, Button, Group, Menu, NumberInput, Tooltip } from '@mantine/core';
import { IconCalendarWeek, IconClockPlay, IconDeviceFloppy, IconHourglass, IconRestore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toWallClock } from '../wall-clock.js';
import classes from './try-it.module.css';

interface TimeToolsProps {
  /** The next timer, ms. */
  nextDue: number | undefined;
  zone: string;
  /** A chat that can be kept or begun anew. */
  hasMoves: boolean;
  canSave: boolean;
  isWeekShown: boolean;
  onJump: () => void;
  onPass: (minutes: number) => void;
  onWeek: () => void;
  onSave: () => void;
  onRestart: () => void;
}

const waits = [5, 15, 60, 8 * 60, 24 * 60];
/** A week is as far as anybody looks ahead in a chat, in minutes. */
const longest = 7 * 24 * 60;

/** The clock of the chat, the week, saving and starting over. */
export function TimeTools({ nextDue, zone, hasMoves, canSave, isWeekShown, onJump, onPass, onWeek, onSave, onRestart }: TimeToolsProps) {
  const { t } = useTranslation('graph');
  const [minutes, setMinutes] = useState<number | string>(30);
  const due = nextDue === undefined ? undefined : toWallClock(nextDue, zone);
  return (
    <Group gap={4} className={classes.tools} wrap="nowrap">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconClockPlay size={16} aria-hidden />}
        disabled={due === undefined}
        onClick={onJump}
        title={due ? `${due.date} ${due.time}, ${zone}` : undefined}
      >
        {due ? t('try.next', { time: due.time }) : t('try.noTimer')}
      </Button>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Tooltip label={t('try.pass')}>
            <ActionIcon variant="default" aria-label={t('try.pass')}>
              <IconHourglass size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {waits.map((value) => (
            <Menu.Item key={value} onClick={() => onPass(value)}>
              {value < 60 ? t('try.minutes', { count: value }) : t('try.hours', { count: value / 60 })}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Group gap={6} p={6} wrap="nowrap" align="flex-end">
            <NumberInput size="xs" w={110} label={t('try.minutesLabel')} min={1} max={longest} value={minutes} onChange={setMinutes} />
            <Menu.Item w="auto" disabled={!(Number(minutes) >= 1)} onClick={() => onPass(Math.min(longest, Number(minutes)))}>
              {t('try.passDo')}
            </Menu.Item>
          </Group>
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={t('week.title')}>
        <ActionIcon variant={isWeekShown ? 'light' : 'default'} aria-label={t('week.title')} aria-pressed={isWeekShown} onClick={onWeek}>
          <IconCalendarWeek size={16} />
        </ActionIcon>
      </Tooltip>
      <span className={classes.spring} />
      {hasMoves && canSave && (
        <Tooltip label={t('tests.saveChat')}>
          <ActionIcon variant="default" aria-label={t('tests.saveChat')} onClick={onSave}>
            <IconDeviceFloppy size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      {hasMoves && (
        <Tooltip label={t('try.again')}>
          <ActionIcon variant="default" aria-label={t('try.again')} onClick={onRestart}>
            <IconRestore size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  );
}
