import { useEffect, useState } from 'react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { zoneName, type RuleEvent } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { cardOf } from '../card-view.js';
import { ownerOf, portOf } from '../commands.js';
import { toWallClock } from '../wall-clock.js';
import type { ChatRules } from './chat.js';
import type { Chat } from './chat-move.js';
import { mondayOf, type Week, type WeekOutcome } from './play-week.js';
import { WeekGrid } from './week-grid.js';
import { letterOf } from './week-letters.js';
import type { WorkerDesk } from './worker-desk.js';
import classes from './proving.module.css';

interface WeekStripProps {
  desk: WorkerDesk;
  rules: ChatRules;
  /** The message that is sent at every hour. */
  event: RuleEvent;
  given: Chat['given'];
  zone: string;
  onChoose: (at: string) => void;
}

/** One message through every hour of a week: which way it goes when. A press sets the clock of the chat. */
export function WeekStrip({ desk, rules, event, given, zone, onChoose }: WeekStripProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const [answer, setAnswer] = useState<{ week?: Week; problem?: string }>();
  const wall = toWallClock(Date.parse(event.at), zone);
  const monday = mondayOf(wall.date);

  useEffect(() => {
    let current = true;
    desk.ask<'week'>({ kind: 'week', rules, event, monday, zone, given }).then(
      (week) => current && setAnswer({ week }),
      (problem: Error) => current && setAnswer({ problem: problem.message }),
    );
    return () => {
      current = false;
    };
  }, [desk, rules, event, monday, zone, given]);

  const week = answer?.week;
  return (
    <section className={classes.box} aria-label={t('week.title')}>
      <Text size="sm" fw={500}>
        {t('week.title')}
      </Text>
      <Text size="xs" c="dimmed" lineClamp={2}>
        {t('week.help', { text: event.message?.text ?? '', zone: zoneName(zone)[language] })}
      </Text>
      {answer?.problem !== undefined && <Text size="sm">{answer.problem}</Text>}
      {answer && !week && answer.problem === undefined && <Text size="sm">{t('try.hasErrors')}</Text>}
      {!answer && <Text size="sm">{t('loading')}</Text>}
      {week && (
        <>
          <WeekGrid
            label={t('week.title')}
            monday={monday}
            cells={week.cells}
            current={event.at}
            wordsOf={(outcome) => {
              const one = week.outcomes[outcome];
              return one ? outcomeWords(one, rules, language, t) : '';
            }}
            onChoose={onChoose}
          />
          <ul style={{ margin: 0, padding: 0, listStyle: 'none', fontSize: 12 }} aria-label={t('week.legend')}>
            {week.outcomes.map((outcome, index) => (
              <li key={letterOf(index)} style={{ display: 'flex', gap: 6, marginTop: 3 }}>
                <span className={`${classes.weekKey} ${classes[`tint${index % 6}`]}`}>{letterOf(index)}</span>
                <span style={{ overflowWrap: 'anywhere' }}>
                  {outcomeWords(outcome, rules, language, t)}{' '}
                  <span className={classes.dimmed}>
                    · {t('week.hours', { count: week.cells.flat().filter((cell) => cell.outcome === index).length })}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** What becomes of the message, and by which exits of the steps that choose. */
function outcomeWords(
  outcome: WeekOutcome,
  rules: ChatRules,
  language: 'ru' | 'en',
  t: (key: string, values?: Record<string, unknown>) => string,
): string {
  const { graph } = rules;
  const viewOf = (id: string) => {
    const node = graph.nodes.find((one) => one.id === id);
    return node && cardOf(node, language, graph.timezone);
  };
  const exits = outcome.exits.flatMap((exit) => {
    const view = viewOf(ownerOf(exit));
    const port = view && view.ports.length > 1 ? view.ports.find(({ name }) => name === portOf(exit)) : undefined;
    return view && port ? [`${view.title} → ${port.label}`] : [];
  });
  const title = outcome.node === undefined ? '' : (viewOf(outcome.node)?.title ?? outcome.node);
  return [t(`week.outcome.${outcome.kind}`, { title }), exits.at(-1)].filter(Boolean).join(' · ');
}
