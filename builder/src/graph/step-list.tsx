import { useMemo, useState } from 'react';
import { Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconNote, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GraphNode, RuleGraph } from '../../../rules/index.js';
import { useLanguage } from '../i18n.js';
import { boxesOf, contentsOf } from './boxes.js';
import { cardOf } from './card-view.js';
import { useGraph, useRuleGraph } from './graph-store.js';
import { hasWords } from './finding/has-words.js';
import { useLayers } from './layers.js';
import { nameIds } from './name-ids.js';
import { NodeIcon } from './node-icon.js';
import { inReadingOrder } from './reading-order.js';
import { IdleMark } from './seeing/idle-mark.js';
import { groupKey, noteKey, type Note } from './things.js';
import classes from './lists.module.css';

/** The graph as a list of steps that says where each exit leads: for screen readers, and for finding a step by its words. */
export function StepList({ onJump }: { onJump: (node: string) => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const graph = useRuleGraph();
  const selected = useGraph((state) => state.selection.nodes);
  const names = useLayers((layers) => layers.names);
  const idle = useLayers((layers) => layers.idle);
  const [query, setQuery] = useState('');
  const frames = useMemo(() => framesOf(graph), [graph]);
  const found = inReadingOrder(graph).filter((node) => isFound(graph, node, query, language));
  return (
    <div data-steps>
      <TextInput
        m={8}
        size="xs"
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        placeholder={t('steps.search')}
        aria-label={t('steps.search')}
        leftSection={<IconSearch size={14} />}
      />
      {found.length === 0 && (
        <Text c="dimmed" px="md" size="sm">
          {t(graph.nodes.length === 0 ? 'steps.empty' : 'form.nothingFound')}
        </Text>
      )}
      <ol className={classes.list} style={{ padding: 8 }} aria-label={t('steps.label')}>
        {found.map((node) => {
          const card = cardOf(node, language, graph.timezone);
          return (
            <li key={node.id}>
              <UnstyledButton
                className={`${classes.line} ${classes.press} ${selected.has(node.id) ? classes.current : ''}`}
                aria-current={selected.has(node.id)}
                onClick={() => onJump(node.id)}
              >
                <span className={classes.mark} style={{ color: card.family && `var(--family-${card.family})` }}>
                  <NodeIcon name={card.icon} />
                </span>
                <span className={classes.text}>
                  <span className={classes.where}>{card.title}</span>
                  {card.summary !== '' && <span>{nameIds(card.summary, names)}</span>}
                  {frames.has(node.id) && <span className={classes.dimmed}>{t('thing.inFrame', { name: frames.get(node.id) })}</span>}
                  {idle.has(node.id) && <IdleMark lastAt={idle.get(node.id) ?? null} />}
                  {exitsInWords(graph, node, language, t('exits.loose')).map((text) => (
                    <span key={text} className={classes.dimmed}>
                      {text}
                    </span>
                  ))}
                </span>
              </UnstyledButton>
            </li>
          );
        })}
      </ol>
      <Notes query={query} onJump={onJump} />
    </div>
  );
}

/** What the notes of the canvas say. */
function Notes({ query, onJump }: { query: string; onJump: (key: string) => void }) {
  const { t } = useTranslation('graph');
  const notes = useGraph((state) => state.history.present.notes ?? none);
  const shown = notes.filter(({ text }) => text !== '' && hasWords(text, query));
  if (shown.length === 0) return null;
  return (
    <ul className={classes.list} style={{ padding: 8 }} aria-label={t('thing.notes')}>
      {shown.map(({ id, text }) => (
        <li key={id}>
          <UnstyledButton className={`${classes.line} ${classes.press}`} onClick={() => onJump(noteKey(id))}>
            <span className={classes.mark}>
              <IconNote size={16} />
            </span>
            <span className={classes.text}>{text}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

const none: readonly Note[] = [];

/** Each exit and where it leads; one that an admin expects to lead somewhere says that it does not. */
function exitsInWords(graph: RuleGraph, node: GraphNode, language: 'ru' | 'en', loose: string): string[] {
  return cardOf(node, language, graph.timezone).ports.flatMap(({ name, label, expected }) => {
    const names = graph.edges
      .filter(({ from }) => from === `${node.id}.${name}`)
      .flatMap(({ to }) => {
        const target = graph.nodes.find(({ id }) => id === to);
        return target ? [cardOf(target, language, graph.timezone).title] : [];
      });
    if (names.length === 0) return expected ? [`${label} → ${loose}`] : [];
    return [`${label} → ${names.join(', ')}`];
  });
}

/** The title of the frame that each step lies in, by the step's id; of frames within each other, the smallest. */
function framesOf(graph: RuleGraph): ReadonlyMap<string, string> {
  const boxes = boxesOf(graph);
  const groups = (graph.groups ?? []).toSorted((a, b) => b.size[0] * b.size[1] - a.size[0] * a.size[1]);
  return new Map(
    groups.flatMap(({ id, title }) => (title === '' ? [] : contentsOf(groupKey(id), boxes).map((key): [string, string] => [key, title]))),
  );
}

function isFound(graph: RuleGraph, node: GraphNode, query: string, language: 'ru' | 'en'): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const card = cardOf(node, language, graph.timezone);
  const text = `${card.title} ${card.typeTitle} ${card.summary} ${node.id} ${JSON.stringify(node.settings)}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
