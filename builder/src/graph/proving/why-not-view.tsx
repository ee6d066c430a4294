import { useEffect, useState } from 'react';
import { Button, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { defaultTimezone, type EventChange, type Played } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { cardOf } from '../card-view.js';
import { useGraph } from '../graph-store.js';
import { ownSteps } from '../own-steps.js';
import { toWallClock } from '../wall-clock.js';
import type { ChatRules } from './chat.js';
import type { Obstacle, WhyNot } from './why-not.js';
import type { WorkerDesk } from './worker-desk.js';
import classes from './proving.module.css';

interface WhyNotViewProps {
  desk: WorkerDesk;
  rules: ChatRules;
  played: Played;
  /** The step that is asked about at first. */
  start?: string | undefined;
  /** Plays the event again with a change; absent where there is no chat to play it in. */
  onTry?: (change: EventChange) => void;
}

/** Why a step that the message did not reach was not reached: what stood in the way, and the smallest change that leads there. */
export function WhyNotView({ desk, rules, played, start, onTry }: WhyNotViewProps) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const selected = useGraph(({ selection }) => (selection.nodes.size === 1 ? [...selection.nodes][0] : undefined));
  const { graph } = rules;
  const zone = graph.timezone ?? defaultTimezone;
  const ran = new Set(ownSteps(played.decision.trace, graph).map(({ node }) => node));
  const missed = graph.nodes.filter(({ id }) => !ran.has(id));
  const [chosen, setChosen] = useState(start);
  // What is selected on the canvas is what is asked about.
  const node = missed.find(({ id }) => id === selected)?.id ?? missed.find(({ id }) => id === chosen)?.id;
  const [answer, setAnswer] = useState<{ of: string; why?: WhyNot; problem?: string }>();
  useEffect(() => {
    if (node === undefined) return;
    let current = true;
    desk.ask<'why-not'>({ kind: 'why-not', rules, played, node }).then(
      (why) => current && setAnswer({ of: node, why }),
      (problem: Error) => current && setAnswer({ of: node, problem: problem.message }),
    );
    return () => {
      current = false;
    };
  }, [desk, rules, played, node]);

  if (missed.length === 0) return null;
  const titleOf = (id: string) => {
    const found = graph.nodes.find((one) => one.id === id);
    return found ? cardOf(found, language, graph.timezone).title : id;
  };
  const current = answer?.of === node ? answer : undefined;
  return (
    <section className={classes.box} aria-label={t('why.title')}>
      <Select
        size="xs"
        label={t('why.title')}
        placeholder={t('why.choose')}
        data={missed.map(({ id }) => ({ value: id, label: titleOf(id) }))}
        value={node ?? null}
        comboboxProps={{ position: 'top' }}
        onChange={(value) => setChosen(value ?? undefined)}
      />
      {node !== undefined && !current && <Text size="sm">{t('why.looking')}</Text>}
      {current?.problem !== undefined && <Text size="sm">{current.problem}</Text>}
      {current?.why && (
        <div role="status">
          <ul className={classes.bullets}>
            {current.why.obstacles.map((obstacle, index) => (
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index}>
                <ObstacleText obstacle={obstacle} rules={rules} titleOf={titleOf} />
              </li>
            ))}
          </ul>
          <Text size="sm" mt={8} fw={500}>
            {t(current.why.changes.length > 0 ? 'why.changes' : 'why.noChange')}
          </Text>
          <ul className={classes.bullets}>
            {current.why.changes.map((change) => (
              <li key={JSON.stringify(change.changes)}>
                {change.changes.map(({ field, from, to }) => (
                  <div key={field}>
                    {t(`why.field.${field.replaceAll('.', '-')}`, { defaultValue: field })}: {spellField(field, from, zone, t)} →{' '}
                    <b>{spellField(field, to, zone, t)}</b>
                  </div>
                ))}
                {onTry && (
                  <Button size="compact-xs" variant="light" mt={4} onClick={() => onTry(change)}>
                    {t('why.try')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function ObstacleText({ obstacle, rules, titleOf }: { obstacle: Obstacle; rules: ChatRules; titleOf: (id: string) => string }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const { block, reason, failed } = obstacle;
  const step = rules.graph.nodes.find(({ id }) => id === block.node);
  if (!step || block.port === undefined) {
    // Ids mean nothing to a reader: the steps are called by their names.
    const named = rules.graph.nodes.reduce((text, { id }) => text.replace(wholeWord(id), `$1«${titleOf(id)}»`), block.text[language]);
    return <>{named}</>;
  }
  const view = cardOf(step, language, rules.graph.timezone);
  const labelOf = (port: string) => view.ports.find(({ name }) => name === port)?.label ?? t(`why.port.${port}`, { defaultValue: port });
  return (
    <>
      {t('why.parted', { title: view.title, port: labelOf(block.port), wanted: (block.wanted ?? []).map(labelOf).join(', ') })}
      {reason && <span className={classes.dimmed}> {reason[language]}</span>}
      {failed.map(({ text, field, found, holds }) => (
        <div key={`${field} ${text[language]}`}>
          {t(holds ? 'why.held' : 'why.failed', { condition: text[language], value: spell(found, t) })}
        </div>
      ))}
    </>
  );
}

function wholeWord(id: string): RegExp {
  return new RegExp(`(^|[^\\w-])${id}(?![\\w-])`, 'g');
}

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** A value of a field, in words where the field has some. */
function spellField(field: string, value: unknown, zone: string, t: Translate): string {
  if (typeof value !== 'string') return spell(value, t);
  if (field === 'at') {
    const { date, time } = toWallClock(Date.parse(value), zone);
    return `${date.slice(8)}.${date.slice(5, 7)} ${time}`;
  }
  if (field === 'type') return t(`try.happened.${value}`, { status: '', defaultValue: value });
  if (field === 'message.origin') return t(`try.author.${value}`, { defaultValue: value });
  if (field === 'message.kind') return t(`try.messageKind.${value}`, { defaultValue: value });
  return spell(value, t);
}

function spell(value: unknown, t: (key: string) => string): string {
  if (value === undefined || value === '') return t('why.nothing');
  return typeof value === 'string' ? `«${value}»` : JSON.stringify(value);
}
