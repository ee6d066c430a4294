import { diffGraphs, nodeTypes, readGraph, settingsForm, splitPort, type Language, type RuleGraph } from '../../../rules/index.js';
import { cardOf } from './card-view.js';
import { fieldsOf } from './form/field-schema.js';
import { textOf } from './form/read-value.js';

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** One line of what changed, with the step that it is about where there is one. */
export interface ChangeLine {
  text: string;
  node?: string;
}

/**
 * What differs between two graphs, in words.
 * @returns undefined when one of them cannot be read, so that nothing can be said
 */
export function describeChanges(older: RuleGraph, newer: RuleGraph, language: Language, t: Translate): ChangeLine[] | undefined {
  const [before, after] = [readGraph(older, nodeTypes).graph, readGraph(newer, nodeTypes).graph];
  if (!before || !after) return undefined;
  const diff = diffGraphs(before, after, nodeTypes);
  const nameIn = (graph: RuleGraph, id: string) => {
    const node = graph.nodes.find((one) => one.id === id);
    return node ? cardOf(node, language, graph.timezone).title : id;
  };
  const nameOf = (id: string) => nameIn(after.nodes.some((node) => node.id === id) ? after : before, id);
  const wire = ({ from, to }: { from: string; to: string }) => {
    const start = splitPort(from);
    const node = after.nodes.find(({ id }) => id === start?.node) ?? before.nodes.find(({ id }) => id === start?.node);
    const port = node && cardOf(node, language).ports.find(({ name }) => name === start?.port);
    return { from: nameOf(start?.node ?? from), port: port?.label ?? start?.port ?? '', to: nameOf(to) };
  };
  // Wires of a step that came or went say nothing new.
  const fresh = new Set(diff.nodes.added);
  const gone = new Set(diff.nodes.removed);
  return [
    ...diff.nodes.added.map((id) => ({ node: id, text: t('diff.added', { name: nameOf(id) }) })),
    ...diff.nodes.removed.map((id) => ({ text: t('diff.removed', { name: nameOf(id) }) })),
    ...diff.nodes.changed.map((change) => ({
      node: change.node,
      text: t('diff.changed', {
        name: nameOf(change.node),
        what: settingName(after, change.node, change.path, language, t),
        old: spell(change.old, t),
        new: spell(change.new, t),
      }),
    })),
    ...diff.edges.added
      .filter(({ from }) => !fresh.has(splitPort(from)?.node ?? ''))
      .map((edge) => ({ text: t('diff.wired', wire(edge)) })),
    ...diff.edges.removed
      .filter(({ from, to }) => !gone.has(splitPort(from)?.node ?? '') && !gone.has(to))
      .map((edge) => ({ text: t('diff.unwired', wire(edge)) })),
    ...diff.edges.reordered.map(({ from }) => ({ text: t('diff.reordered', { name: nameOf(splitPort(from)?.node ?? from) }) })),
    ...diff.graph.map((change) => ({
      text: t('diff.graph', { what: frameName(change.path, t), old: spell(change.old, t), new: spell(change.new, t) }),
    })),
    ...diff.tests.added.map((name) => ({ text: t('diff.testAdded', { name }) })),
    ...diff.tests.removed.map((name) => ({ text: t('diff.testRemoved', { name }) })),
    ...diff.tests.changed.map((name) => ({ text: t('diff.testChanged', { name }) })),
  ];
}

function settingName(graph: RuleGraph, id: string, path: string, language: Language, t: Translate): string {
  if (path === 'title') return t('panel.title');
  if (path === 'disabled') return t('diff.disabled');
  const name = /^settings\.([^.[]+)/.exec(path)?.[1];
  const node = graph.nodes.find((one) => one.id === id);
  const nodeType = nodeTypes.get(node?.type ?? '');
  const field = nodeType && fieldsOf(settingsForm(nodeType)).find((one) => one.name === name);
  return field?.schema.label?.[language] ?? path;
}

function frameName(path: string, t: Translate): string {
  if (path === 'timezone') return t('panel.zone');
  if (path === 'name') return t('list.name');
  return path;
}

/** A value in a sentence: short, and never raw JSON where words will do. */
function spell(value: unknown, t: Translate): string {
  if (value === undefined || value === '') return t('diff.nothing');
  if (typeof value === 'boolean') return t(value ? 'diff.yes' : 'diff.no');
  const text = typeof value === 'string' || typeof value === 'number' ? textOf(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
