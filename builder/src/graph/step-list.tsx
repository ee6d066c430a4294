import { useState } from 'react';
import { Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GraphNode, RuleGraph } from '../../../rules/index.js';
import { useLanguage } from '../i18n.js';
import { cardOf } from './card-view.js';
import { useGraph, useRuleGraph } from './graph-store.js';
import { useLayers } from './layers.js';
import { nameIds } from './name-ids.js';
import { NodeIcon } from './node-icon.js';
import { inReadingOrder } from './reading-order.js';
import classes from './lists.module.css';

/** The graph as a list of steps that says where each exit leads: for screen readers, and for finding a step by its words. */
export function StepList({ onJump }: { onJump: (node: string) => void }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const graph = useRuleGraph();
  const selected = useGraph((state) => state.selection.nodes);
  const names = useLayers((layers) => layers.names);
  const [query, setQuery] = useState('');
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
                  {exitsInWords(graph, node, language).map((text) => (
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
    </div>
  );
}

function exitsInWords(graph: RuleGraph, node: GraphNode, language: 'ru' | 'en'): string[] {
  return cardOf(node, language, graph.timezone).ports.flatMap(({ name, label }) => {
    const names = graph.edges
      .filter(({ from }) => from === `${node.id}.${name}`)
      .flatMap(({ to }) => {
        const target = graph.nodes.find(({ id }) => id === to);
        return target ? [cardOf(target, language, graph.timezone).title] : [];
      });
    return names.length === 0 ? [] : [`${label} → ${names.join(', ')}`];
  });
}

function isFound(graph: RuleGraph, node: GraphNode, query: string, language: 'ru' | 'en'): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const card = cardOf(node, language, graph.timezone);
  const text = `${card.title} ${card.typeTitle} ${card.summary} ${node.id} ${JSON.stringify(node.settings)}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
