import { useMemo, useRef, useState, type PointerEvent } from 'react';
import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconCalendarOff, IconCalendarTime, IconCheck, IconRotate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n.js';
import { locales } from '../../ui/times.js';
import { useNow } from '../../ui/use-now.js';
import { toWallClock } from '../wall-clock.js';
import { hoursOfDays, paintHours, setDate, spell, toggleWeekday, type DayHours } from './hours-of-days.js';
import type { OverviewProps } from './overviews.js';
import { textOf } from './read-value.js';
import { useFormScope } from './widget.js';
import classes from './hours-strip.module.css';

/**
 * The hours of a step as they fall on the coming days, special dates among them. Dragging over a day sets hours, a day's name opens what else can be done with
 * it; everything can be done in the fields below as well.
 */
export function HoursStrip({ onChange }: OverviewProps) {
  const { t } = useTranslation('graph');
  const { nodeType, settings, timezone, readOnly } = useFormScope();
  const now = useNow();
  const zone = textOf(settings['timezone']) || timezone;
  const clock = toWallClock(now, zone);
  const today = clock.date;
  // The strip changes with the settings and the date, not with each minute.
  // oxlint-disable-next-line react/exhaustive-deps
  const days = useMemo(() => hoursOfDays(nodeType, settings, timezone, now), [nodeType, settings, timezone, today]);
  if (!days) return null;
  return (
    <section aria-label={t('hours.title')} className={classes.strip}>
      <div className={classes.scale} aria-hidden>
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour} style={{ left: `${(hour / 24) * 100}%` }}>
            {hour}
          </span>
        ))}
      </div>
      <div role="list" aria-label={t('hours.title')}>
        {days.map((day) => (
          <Day
            key={day.date}
            day={day}
            minuteNow={day.date === today ? Number(clock.time.slice(0, 2)) * 60 + Number(clock.time.slice(3)) : undefined}
            onChange={onChange}
          />
        ))}
      </div>
      {!readOnly && (
        <Text size="xs" c="dimmed">
          {t('hours.help')}
        </Text>
      )}
    </section>
  );
}

interface DayProps {
  day: DayHours;
  /** Given on the day that it is now. */
  minuteNow?: number;
  onChange: OverviewProps['onChange'];
}

function Day({ day, minuteNow, onChange }: DayProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { settings, readOnly } = useFormScope();
  const bar = useRef<HTMLDivElement>(null);
  const [painted, setPainted] = useState<[start: number, end: number]>();
  const at = new Date(`${day.date}T00:00:00Z`);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales[language], { ...options, timeZone: 'UTC' }).format(at);
  const name = `${format({ weekday: 'short' })} ${format({ day: '2-digit', month: '2-digit' })}`;
  const hours = day.open.map(([from, to]) => `${spell(from)}–${spell(to)}`).join(', ') || t('hours.none');
  const special = day.dated && t(day.dated === 'closed' ? 'dates.closed' : 'dates.hours');

  const minuteAt = ({ clientX }: PointerEvent) => {
    const { left, width } = bar.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return Math.min(1440, Math.max(0, Math.round(((clientX - left) / width) * 48) * 30));
  };
  const end = (event: PointerEvent) => {
    if (!painted) return;
    const [from, to] = [Math.min(painted[0], minuteAt(event)), Math.max(painted[0], minuteAt(event))];
    setPainted(undefined);
    if (to > from) onChange(paintHours(settings, day, from, to), `hours ${day.date} ${from}`);
  };
  const shown: [number, number][] = painted ? [...day.open, [Math.min(...painted), Math.max(...painted)]] : day.open;
  return (
    <div role="listitem" className={classes.day} aria-label={[name, special, hours].filter(Boolean).join(': ')}>
      <DayMenu day={day} name={name} weekday={format({ weekday: 'long' })} onChange={onChange} />
      <div
        ref={bar}
        className={[classes.bar, !readOnly && classes.paintable].filter(Boolean).join(' ')}
        title={[name, special, hours].filter(Boolean).join(': ')}
        data-day={day.date}
        onPointerDown={(event) => {
          if (readOnly || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setPainted([minuteAt(event), minuteAt(event)]);
        }}
        onPointerMove={(event) => painted && setPainted([painted[0], minuteAt(event)])}
        onPointerUp={end}
        onPointerCancel={() => setPainted(undefined)}
      >
        {shown.map(([from, to], index) => (
          <span
            key={`${index} ${from}`}
            className={index === day.open.length ? classes.painted : classes.open}
            style={{ left: `${from / 14.4}%`, width: `${(to - from) / 14.4}%` }}
          />
        ))}
        {minuteNow !== undefined && <span className={classes.now} style={{ left: `${minuteNow / 14.4}%` }} />}
        {painted && (
          <span className={classes.told}>
            {spell(Math.min(...painted))}–{spell(Math.max(...painted))}
          </span>
        )}
      </div>
    </div>
  );
}

function DayMenu({ day, name, weekday, onChange }: { day: DayHours; name: string; weekday: string; onChange: OverviewProps['onChange'] }) {
  const { t } = useTranslation('graph');
  const { settings, readOnly } = useFormScope();
  const isIn = settings['days'] === undefined || (Array.isArray(settings['days']) && settings['days'].includes(day.weekday));
  const marked = (
    <>
      {name}
      {day.dated && <IconCalendarOff size={12} aria-hidden />}
    </>
  );
  if (readOnly) return <span className={classes.name}>{marked}</span>;
  const change = (special: DayHours['dated']) => onChange(setDate(settings, day, special), 'dates');
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.name} aria-label={t('hours.menu', { day: name })}>
          {marked}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={isIn ? <IconCheck size={14} /> : <span style={{ display: 'inline-block', width: 14 }} />}
          onClick={() => onChange(toggleWeekday(settings, day.weekday), 'days')}
        >
          {t('hours.weekday', { weekday })}
        </Menu.Item>
        <Menu.Divider />
        {day.dated !== 'closed' && (
          <Menu.Item leftSection={<IconCalendarOff size={14} />} onClick={() => change('closed')}>
            {t('hours.close', { day: name })}
          </Menu.Item>
        )}
        {day.dated !== 'hours' && (
          <Menu.Item leftSection={<IconCalendarTime size={14} />} onClick={() => change('hours')}>
            {t('hours.own', { day: name })}
          </Menu.Item>
        )}
        {day.dated && (
          <Menu.Item leftSection={<IconRotate size={14} />} onClick={() => change(undefined)}>
            {t('hours.usual', { day: name })}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
