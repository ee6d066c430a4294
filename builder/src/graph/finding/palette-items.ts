import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { findInGraph, nodeTypes, type FoundInGraph } from '../../../../rules/index.js';
import { useLanguage } from '../../i18n.js';
import { cardOf } from '../card-view.js';
import { listedCommands } from '../command-list.js';
import { hasWords } from './has-words.js';
import { useRuleGraph } from '../graph-store.js';
import { keysFor } from '../keys.js';
import { inReadingOrder } from '../reading-order.js';
import type { Commands } from '../selection-commands.js';
import { placeLink, useFoundEverywhere } from './use-found-everywhere.js';
import { useRuleSets } from '../use-rule-sets.js';
import { groupKey, noteKey, type Key } from '../things.js';

/** A line of the palette of commands. */
export interface PaletteItem {
  id: string;
  section: 'commands' | 'here' | 'ruleSets' | 'elsewhere';
  label: string;
  detail?: string;
  /** Its key. */
  hint?: string;
  run: () => void;
}

interface PaletteQuery {
  ruleSetId: string;
  commands: Commands;
  query: string;
  /** The query after a pause in typing: what the server is asked. */
  asked: string;
  onJump: (key: Key) => void;
}

/** Lines of one kind: more are found by typing more. */
const most = 20;

/** What the palette offers for what was typed: all commands and steps at first. */
export function usePaletteItems({ ruleSetId, commands, query, asked, onJump }: PaletteQuery): { items: PaletteItem[]; isLooking: boolean } {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const graph = useRuleGraph();
  const navigate = useNavigate();
  const sets = useRuleSets({ staleTime: 30_000 });
  const elsewhere = useFoundEverywhere(asked);
  const isEmpty = query.trim() === '';

  const doing = listedCommands.flatMap((name): PaletteItem[] => {
    const run = commands[name];
    const label = t(`keys.${name}`);
    return run && hasWords(label, query) ? [{ id: `command:${name}`, section: 'commands', label, hint: keysFor(name)[0], run }] : [];
  });
  const places: FoundInGraph[] = isEmpty
    ? inReadingOrder(graph).map(({ id }) => ({ kind: 'node', id, title: '', excerpt: '' }))
    : findInGraph(graph, query, nodeTypes, language);
  const here = places.slice(0, most).map(({ kind, id, title, excerpt }): PaletteItem => {
    const node = kind === 'node' ? graph.nodes.find((one) => one.id === id) : undefined;
    const card = node && cardOf(node, language, graph.timezone);
    const key = kind === 'node' ? id : kind === 'note' ? noteKey(id) : groupKey(id);
    const label = card?.title ?? (title || t(`commands.${kind}`));
    return { id: `here:${key}`, section: 'here', label, detail: excerpt || card?.summary || undefined, run: () => onJump(key) };
  });
  const others = (sets.data ?? [])
    .filter(({ id, name }) => id !== ruleSetId && hasWords(name, query))
    .slice(0, most)
    .map(({ id, name }): PaletteItem => ({ id: `set:${id}`, section: 'ruleSets', label: name, run: () => void navigate(`/rules/${id}`) }));
  const found = isEmpty
    ? []
    : (elsewhere.data?.items ?? [])
        .filter((hit) => hit.ruleSet.id !== ruleSetId)
        .slice(0, most)
        .map((hit): PaletteItem => {
          const label = `${hit.ruleSet.name} · ${hit.title || t(`commands.${hit.kind}`)}`;
          return {
            id: `${hit.ruleSet.id}:${hit.kind}:${hit.id}`,
            section: 'elsewhere',
            label,
            detail: hit.excerpt || undefined,
            run: () => void navigate(placeLink(hit)),
          };
        });
  return { items: [...doing, ...here, ...others, ...found], isLooking: !isEmpty && (elsewhere.isFetching || asked !== query) };
}
