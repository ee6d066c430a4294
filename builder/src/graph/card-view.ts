import {
  defaultTimezone,
  expectedPortsOf,
  nodeTypes,
  type Family,
  type GraphNode,
  type Language,
  type NodeType,
} from '../../../rules/index.js';

/** A step as it is shown: on its card, in the list of steps, in menus. Texts are in the reader's language. */
export interface CardView {
  /** The admin's name for the step, else the type's. */
  title: string;
  /** The type's name; the id as stored where the type is unknown. */
  typeTitle: string;
  /** What the step does, in words. Empty while its settings are unfinished. */
  summary: string;
  icon: string;
  /** Undefined: this version does not know the type. */
  family: Family | undefined;
  ports: PortView[];
}

export interface PortView {
  name: string;
  label: string;
  /** An admin expects this exit to lead somewhere. */
  expected: boolean;
}

interface Cached {
  language: Language;
  timezone: string;
  view: CardView;
}

/** Steps are immutable, so what was made of one stays right: 500 cards cost nothing while another is typed into. */
const cache = new WeakMap<GraphNode, Cached>();

/** @param timezone the graph's; absent means the default */
export function cardOf(node: GraphNode, language: Language, timezone: string = defaultTimezone): CardView {
  const cached = cache.get(node);
  if (cached && cached.language === language && cached.timezone === timezone) return cached.view;
  const view = makeCard(node, language, timezone);
  cache.set(node, { language, timezone, view });
  return view;
}

/** The exits of a step by its settings as they are; of unfinished ones, those that can be known. */
export function portNamesOf(node: GraphNode): readonly string[] {
  const nodeType = nodeTypes.get(node.type);
  if (!nodeType) return [];
  const parsed = nodeType.settings.safeParse(node.settings);
  return namesOf(nodeType, parsed.success ? parsed.data : node.settings);
}

/** Whether a wire may end here: triggers start runs, so nothing enters them. */
export function hasEntry(node: GraphNode): boolean {
  return nodeTypes.get(node.type)?.family !== 'trigger';
}

function makeCard(node: GraphNode, language: Language, timezone: string): CardView {
  const nodeType = nodeTypes.get(node.type);
  if (!nodeType) {
    return { title: node.title ?? node.type, typeTitle: node.type, summary: '', icon: '', family: undefined, ports: [] };
  }
  const parsed = nodeType.settings.safeParse(node.settings);
  const expected = parsed.success ? expectedPortsOf(nodeType, parsed.data) : [];
  const typeTitle = nodeType.title[language];
  return {
    title: node.title ?? typeTitle,
    typeTitle,
    summary: parsed.success ? nodeType.summary(parsed.data, timezone)[language] : '',
    icon: nodeType.icon,
    family: nodeType.family,
    ports: namesOf(nodeType, parsed.success ? parsed.data : node.settings).map((name) => ({
      name,
      label: nodeType.portLabels[name]?.[language] ?? name,
      expected: expected.includes(name),
    })),
  };
}

function namesOf(nodeType: NodeType, settings: unknown): readonly string[] {
  if (typeof nodeType.ports !== 'function') return nodeType.ports;
  try {
    return [...new Set(nodeType.ports(settings))].filter((name) => typeof name === 'string' && name !== '');
  } catch {
    // Settings that the schema refuses name no exits that could be relied on.
    return [];
  }
}
