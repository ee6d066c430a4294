import { useCallback, useEffect, useRef, useState, type CSSProperties } from 'react';
import { Popover, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { passedRuns } from '../../../../api/steps.js';
import { api, withQuery } from '../../api-client.js';
import { useLanguage } from '../../i18n.js';
import { ProblemAlert } from '../../ui/problem-alert.js';
import { cardOf } from '../card-view.js';
import type { CountsLayer } from './counts-layer.js';
import { PassedList } from './passed-list.js';
import classes from './seeing.module.css';

/** Long enough that a pointer on its way across the canvas opens nothing, and that it can move on into what was opened. */
const openAfterMs = 300;
const closeAfterMs = 200;

interface ExitCountProps {
  counts: CountsLayer;
  node: string;
  port: string;
  /** Whether the pointer rests on the wire of this exit. */
  isWireHovered?: boolean;
  style?: CSSProperties;
}

/** How many left a step by an exit; hovered, focused or pressed it shows the last of them. */
export function ExitCount({ counts, node, port, isWireHovered = false, style }: ExitCountProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const step = counts.steps.get(node);
  const { isOpen, isPinned, soon, later, pin, close } = useOpening(isWireHovered);
  const count = counts.edges[`${node}.${port}`] ?? 0;
  const card = step && cardOf(step, language, counts.timezone);
  const label = t('passed.exit', {
    title: card?.title ?? node,
    port: card?.ports.find(({ name }) => name === port)?.label ?? port,
    count,
  });
  return (
    <span className={classes.place} style={style}>
      <button
        type="button"
        className={`${classes.count} nodrag nopan`}
        aria-label={label}
        aria-expanded={isOpen}
        onMouseEnter={soon}
        onMouseLeave={later}
        onFocus={soon}
        onBlur={later}
        onDoubleClick={(event) => event.stopPropagation()}
        onClick={(event) => {
          event.stopPropagation();
          pin();
        }}
      >
        {count}
      </button>
      {isOpen && (
        <Popover
          opened
          withRoles={false}
          position="bottom-start"
          withinPortal
          trapFocus={isPinned}
          returnFocus={isPinned}
          onDismiss={close}
          width={280}
          shadow="md"
        >
          <Popover.Target>
            <span className={classes.anchor} />
          </Popover.Target>
          <Popover.Dropdown role="dialog" p={6} onMouseEnter={soon} onMouseLeave={later} aria-label={label}>
            <Text size="xs" c="dimmed" px={8} py={2}>
              {t('passed.last')}
            </Text>
            <LastPassed ruleSetId={counts.ruleSetId} node={node} ports={counts.ports(node, port)} count={count} />
          </Popover.Dropdown>
        </Popover>
      )}
    </span>
  );
}

function LastPassed({ ruleSetId, node, ports, count }: { ruleSetId: string; node: string; ports: readonly string[]; count: number }) {
  const { t } = useTranslation('graph');
  const { data, error } = useQuery({
    queryKey: ['rule-set', ruleSetId, 'passed', node, ports.join(' ')],
    queryFn: async () => {
      const found = await Promise.all(
        ports.map((port) => api.get(withQuery(`/api/rule-sets/${ruleSetId}/passed`, { node, port }), passedRuns)),
      );
      return found.flatMap(({ items }) => items).toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, 5); // oxfmt-ignore
    },
    staleTime: 3_000,
  });
  if (error) return <ProblemAlert problem={error} />;
  if (!data) return <Skeleton h={60} />;
  if (data.length === 0) {
    return (
      <Text size="sm" px={8} py={4}>
        {t(count > 0 ? 'passed.gone' : 'passed.none')}
      </Text>
    );
  }
  return <PassedList items={data} label={t('passed.last')} node={node} />;
}

/** Open while something is hovered or focused, a moment after; a press keeps it open and takes the focus inside. */
function useOpening(isHovered: boolean) {
  const [isOpen, setOpen] = useState(false);
  const [isPinned, setPinned] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  const change = useCallback((to: boolean, after: number) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(to), after);
  }, []);
  const wasHovered = useRef(false);
  useEffect(() => {
    if (wasHovered.current !== isHovered) change(isHovered, isHovered ? openAfterMs : closeAfterMs);
    wasHovered.current = isHovered;
  }, [isHovered, change]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const close = () => {
    window.clearTimeout(timer.current);
    setPinned(false);
    setOpen(false);
  };
  return {
    isOpen,
    isPinned,
    soon: () => change(true, openAfterMs),
    later: () => !isPinned && change(false, closeAfterMs),
    pin: () => {
      window.clearTimeout(timer.current);
      setPinned(true);
      setOpen(true);
    },
    close,
  };
}
