import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { ActionIcon, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconListSearch, IconSearch, IconX } from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { findInGraph, nodeTypes, type RuleGraph } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { useRuleGraph } from '../graph-store.js';
import { useLayerStore } from '../layers.js';
import { FoundMessages } from '../seeing/found-messages.js';
import { groupKey, noteKey, type Key } from '../things.js';
import classes from '../canvas.module.css';

/** What is looked for in the graph, and which of the places found is shown, from 0. */
export interface FindState {
  query: string;
  at: number;
}

interface FindBarProps {
  ruleSetId: string;
  state: FindState;
  onChange: (state: FindState) => void;
  onGo: (by: 1 | -1) => void;
  /** Looks for the same in all rule sets. */
  onEverywhere: (query: string) => void;
  onClose: () => void;
}

/** The search over the canvas: what it finds is lit, the rest dimmed; Enter goes from one place to the next. Messages with these words are listed below. */
export function FindBar({ ruleSetId, state: { query, at }, onChange, onGo, onEverywhere, onClose }: FindBarProps) {
  const { t } = useTranslation('graph');
  const layers = useLayerStore();
  const found = useFound(query);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  useEffect(() => {
    layers.setState({ found: query.trim() === '' ? undefined : new Set(found) });
    return () => layers.setState({ found: undefined });
  }, [layers, found, query]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.code === 'Escape') onClose();
    else if (event.code === 'Enter' || event.code === 'F3') onGo(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const count =
    query.trim() === '' ? '' : t('find.count', { at: found.length === 0 ? 0 : Math.min(at, found.length - 1) + 1, count: found.length });
  return (
    <Panel position="top-right" role="search" aria-label={t('find.label')}>
      <Group gap={2} p={4} wrap="nowrap" className={classes.find} onKeyDown={onKeyDown}>
        <TextInput
          ref={field}
          autoFocus
          size="xs"
          w={{ base: 140, sm: 210 }}
          value={query}
          maxLength={200}
          placeholder={t('find.placeholder')}
          aria-label={t('find.label')}
          leftSection={<IconSearch size={14} />}
          onChange={(event) => onChange({ query: event.currentTarget.value, at: 0 })}
        />
        <Text size="xs" c="dimmed" className="figures" miw={52} ta="center" role="status">
          {count}
        </Text>
        <Button label={t('keys.find-previous')} isOff={found.length === 0} run={() => onGo(-1)} Mark={IconChevronUp} />
        <Button label={t('keys.find-next')} isOff={found.length === 0} run={() => onGo(1)} Mark={IconChevronDown} />
        <Button label={t('find.everywhere')} isOff={query.trim() === ''} run={() => onEverywhere(query)} Mark={IconListSearch} />
        <Button label={t('close')} run={onClose} Mark={IconX} />
      </Group>
      <FoundMessages ruleSetId={ruleSetId} query={query} />
    </Panel>
  );
}

/** The places of the graph that hold the query, by key. */
export function foundIn(graph: RuleGraph, query: string, language: 'ru' | 'en'): Key[] {
  const keys = { node: (id: string) => id, note: noteKey, group: groupKey };
  return findInGraph(graph, query, nodeTypes, language).map(({ kind, id }) => keys[kind](id));
}

function useFound(query: string): Key[] {
  const graph = useRuleGraph();
  const language = useLanguage();
  return useMemo(() => foundIn(graph, query, language), [graph, query, language]);
}

function Button({ label, isOff = false, run, Mark }: { label: string; isOff?: boolean; run: () => void; Mark: typeof IconX }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant={isOff ? 'transparent' : 'subtle'} color="gray" aria-label={label} disabled={isOff} onClick={run}>
        <Mark size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
