import { useEffect, useRef, useState } from 'react';
import { ActionIcon, Group, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ChangedValues } from './changed-values.js';
import { CompareMark } from './compare-mark.js';
import { countMarks, type Difference, type Mark } from './compare-graphs.js';
import classes from './compare.module.css';

const marks: readonly Mark[] = ['added', 'removed', 'changed', 'moved'];

/** The changes as a list to walk through: the buttons, the keys `[` and `]` and a click lead to the step on the canvas. */
export function DifferenceList({
  differences,
  equal,
  onJump,
}: {
  differences: readonly Difference[];
  equal: boolean;
  onJump: (node: string) => void;
}) {
  const { t } = useTranslation('graph');
  const [place, setPlace] = useState(-1);
  const list = useRef<HTMLOListElement>(null);
  const counts = countMarks(differences);
  const go = (index: number) => {
    const next = differences[index];
    if (!next) return;
    setPlace(index);
    if (next.node !== undefined) onJump(next.node);
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  };
  useWalkKeys((by) => go(place < 0 && by < 0 ? differences.length - 1 : place + by));
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <Group gap={6}>{marks.map((mark) => counts[mark] > 0 && <Count key={mark} mark={mark} count={counts[mark]} />)}</Group>
        {equal && <Text size="sm">{t(differences.length === 0 ? 'compare.same' : 'compare.onlyMoved')}</Text>}
        {differences.length > 0 && (
          <Group gap={8} mt={8} justify="space-between" wrap="nowrap">
            <Text size="sm" c="dimmed" role="status">
              {t(place < 0 ? 'compare.count' : 'compare.place', { place: place + 1, count: differences.length })}
            </Text>
            <Group gap={4} wrap="nowrap">
              <Step label={t('compare.previous')} hint="[" isOff={place <= 0} run={() => go(place - 1)} Icon={IconArrowUp} />
              <Step
                label={t('compare.next')}
                hint="]"
                isOff={place >= differences.length - 1}
                run={() => go(place + 1)}
                Icon={IconArrowDown}
              />
            </Group>
          </Group>
        )}
      </div>
      <ol className={classes.list} ref={list} aria-label={t('compare.list')}>
        {differences.map((one, index) => (
          <li key={one.key}>
            <UnstyledButton
              className={`${classes.item} ${index === place ? classes.current : ''}`}
              aria-current={index === place}
              onClick={() => go(index)}
            >
              <span className={classes.title}>
                {one.title}
                <CompareMark mark={one.mark} />
              </span>
              <ChangedValues values={one.values} />
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Count({ mark, count }: { mark: Mark; count: number }) {
  return (
    <Group gap={4} wrap="nowrap">
      <CompareMark mark={mark} />
      <Text size="sm" fw={600}>
        {count}
      </Text>
    </Group>
  );
}

interface StepProps {
  label: string;
  hint: string;
  isOff: boolean;
  run: () => void;
  Icon: typeof IconArrowUp;
}

function Step({ label, hint, isOff, run, Icon }: StepProps) {
  return (
    <Tooltip label={`${label} (${hint})`}>
      <ActionIcon variant="default" aria-label={label} disabled={isOff} onClick={run}>
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

/** The keys of the brackets by their place on the keyboard, while no field has the focus. */
function useWalkKeys(walk: (by: 1 | -1) => void): void {
  const latest = useRef(walk);
  useEffect(() => {
    latest.current = walk;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
      if (event.code === 'BracketLeft') latest.current(-1);
      if (event.code === 'BracketRight') latest.current(1);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
