import { nodeTypes, settingsForm, splitPort, type Clash, type GraphNode, type RuleGraph } from '../../../../rules/index.js';
import { cardOf } from '../card-view.js';
import { valueWords, type Reader } from '../compare/value-words.js';
import { fieldsOf } from '../form/field-schema.js';
import { recordOf, textOf } from '../form/read-value.js';
import { nameIds } from '../name-ids.js';

/** A clash as people read it: where it is, and what each side says, with what both began with. */
export interface ClashWords {
  /** The step, or what else it is about. */
  title: string;
  /** The setting or exit; empty for a step as a whole. */
  what: string;
  base: string;
  ours: string;
  theirs: string;
}

/** @param graph the joined one: it names the steps that a clash is about */
export function clashWords(clash: Clash, graph: RuleGraph, theirs: RuleGraph, reader: Reader): ClashWords {
  const { t } = reader;
  const titleOf = (id: string) => {
    const node = [...graph.nodes, ...theirs.nodes].find((one) => one.id === id);
    return node ? cardOf(node, reader.language, graph.timezone).title : id;
  };
  const sides = (spell: (value: unknown) => string) => ({ base: spell(clash.base), ours: spell(clash.ours), theirs: spell(clash.theirs) });
  const path = clash.path ?? '';
  switch (clash.kind) {
    case 'node': {
      const known = [clash.base, clash.ours, clash.theirs].map(toNode).find((node) => node !== undefined);
      const title = known ? cardOf(known, reader.language).title : titleOf(clash.node ?? '');
      return { title, what: '', ...sides((value) => nodeWords(toNode(value), reader)) };
    }
    case 'setting': {
      const node = graph.nodes.find(({ id }) => id === clash.node);
      return { title: titleOf(clash.node ?? ''), ...settingWords(path, node, reader, sides) };
    }
    case 'wires': {
      const node = graph.nodes.find(({ id }) => id === clash.node);
      const label = node && cardOf(node, reader.language).ports.find(({ name }) => name === (splitPort(`x.${path}`)?.port ?? path))?.label;
      const what = t('compare.exit', { port: label ?? path });
      const spell = (value: unknown) =>
        Array.isArray(value) && value.length > 0 ? value.map((id) => titleOf(textOf(id))).join(', ') : t('exits.nowhere');
      return { title: titleOf(clash.node ?? ''), what, ...sides(spell) };
    }
    case 'order':
      return {
        title: t('compare.whole'),
        what: t('compare.frame.triggers'),
        ...sides((value) => (Array.isArray(value) ? value.map((id) => titleOf(textOf(id))).join(', ') : '')),
      };
    case 'test':
      return { title: t('compare.test', { name: path }), what: '', ...sides((value) => presence(value, reader, 'merge.testAs')) };
    case 'note':
    case 'group':
      return { title: t(`merge.${clash.kind}`), what: '', ...sides((value) => noteWords(value, reader)) };
    default:
      return { title: t('compare.whole'), what: frameLabel(path, t), ...sides((value) => valueWords(value, undefined, reader)) };
  }
}

function settingWords(
  path: string,
  node: GraphNode | undefined,
  reader: Reader,
  sides: (spell: (value: unknown) => string) => Omit<ClashWords, 'title' | 'what'>,
) {
  const { t } = reader;
  if (path === 'title') return { what: t('panel.title'), ...sides((value) => valueWords(value, undefined, reader)) };
  if (path === 'disabled') return { what: t('compare.works'), ...sides((value) => t(value === true ? 'diff.no' : 'diff.yes')) };
  const name = path.replace(/^settings\./, '');
  const nodeType = nodeTypes.get(node?.type ?? '');
  const schema = nodeType && fieldsOf(settingsForm(nodeType)).find((field) => field.name === name)?.schema;
  return { what: schema?.label?.[reader.language] ?? name, ...sides((value) => valueWords(value ?? schema?.default, schema, reader)) };
}

function nodeWords(node: GraphNode | undefined, { language, t, names }: Reader): string {
  if (!node) return t('merge.gone');
  const { typeTitle, summary } = cardOf(node, language);
  return summary === '' ? typeTitle : `${typeTitle}: ${nameIds(summary, names)}`;
}

function noteWords(value: unknown, reader: Reader): string {
  const { text, title } = recordOf(value);
  return value === undefined ? reader.t('merge.gone') : textOf(text ?? title);
}

function presence(value: unknown, { t }: Reader, key: string): string {
  if (value === undefined) return t('merge.gone');
  const { events, expect } = recordOf(value);
  const count = (list: unknown) => (Array.isArray(list) ? list.length : 0);
  return t(key, { events: count(events), lines: count(expect) });
}

const frameLabels = new Set(['name', 'timezone', 'parameters']);

function frameLabel(path: string, t: Reader['t']): string {
  return frameLabels.has(path) ? t(`compare.frame.${path}`) : path === 'description' ? t('compare.frame.descriptions') : path;
}

/** A step as a clash carries it: what is none of ours is shown as gone. */
function toNode(value: unknown): GraphNode | undefined {
  const { id, type, settings, title, disabled } = recordOf(value);
  if (typeof id !== 'string' || typeof type !== 'string') return undefined;
  return {
    id,
    type,
    settings: recordOf(settings),
    ...(typeof title === 'string' && { title }),
    ...(typeof disabled === 'boolean' && { disabled }),
  };
}
