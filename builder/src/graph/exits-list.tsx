import { MultiSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GraphNode, RuleGraph } from '../../../rules/index.js';
import { useLanguage } from '../i18n.js';
import { cardOf, hasEntry } from './card-view.js';
import { connect, disconnect, type Command } from './commands.js';
import { useGraph, useGraphStore, useRuleGraph } from './graph-store.js';

/** Where each exit of a step leads, as fields: the way to draw wires without a mouse. */
export function ExitsList({ node }: { node: GraphNode }) {
  const { t } = useTranslation('graph');
  const language = useLanguage();
  const store = useGraphStore();
  const graph = useRuleGraph();
  const readOnly = useGraph((state) => state.readOnly);
  const { ports } = cardOf(node, language, graph.timezone);
  if (ports.length === 0) return <Text c="dimmed">{t('exits.none')}</Text>;
  const options = namedSteps(graph, node.id, language);

  return (
    <Stack gap="sm" data-exits>
      <Text fw={600} size="sm">
        {t('exits.label')}
      </Text>
      {ports.map(({ name, label, expected }) => {
        const from = `${node.id}.${name}`;
        const targets = graph.edges.filter((edge) => edge.from === from).map(({ to }) => to);
        return (
          <MultiSelect
            key={name}
            label={label}
            placeholder={targets.length === 0 ? t(expected ? 'exits.loose' : 'exits.nowhere') : undefined}
            data={options}
            value={targets}
            disabled={readOnly}
            searchable
            hidePickedOptions
            onChange={(next) => store.getState().commit(rewirePort(from, targets, next))}
            nothingFoundMessage={t('form.nothingFound')}
          />
        );
      })}
    </Stack>
  );
}

/** Draws and removes wires of one port so that it leads to `after`; the others keep their order. */
export function rewirePort(from: string, before: readonly string[], after: readonly string[]): Command {
  return (graph) => {
    const gone = before.filter((to) => !after.includes(to)).map((to) => ({ from, to }));
    const fresh = after.filter((to) => !before.includes(to));
    return fresh.reduce((next, to) => connect(from, to)(next), disconnect(gone)(graph));
  };
}

/** Steps that a wire may lead to; those of one name are told apart by their ids. */
function namedSteps(graph: RuleGraph, except: string, language: 'ru' | 'en') {
  const steps = graph.nodes.filter((node) => node.id !== except && hasEntry(node));
  const titles = steps.map((node) => cardOf(node, language, graph.timezone).title);
  return steps.map(({ id }, index) => {
    const title = titles[index] ?? id;
    return { value: id, label: titles.indexOf(title) === titles.lastIndexOf(title) ? title : `${title} (${id})` };
  });
}
