import { diffGraphs, nodeTypes, splitPort, type GraphDiff, type GraphNode, type RuleGraph } from '../../../../rules/index.js';
import { cardWidth } from '../boxes.js';
import { cardOf } from '../card-view.js';
import { gridStep } from '../commands.js';
import { edgeId } from '../flow-view.js';
import { nameIds } from '../name-ids.js';
import { inReadingOrder } from '../reading-order.js';
import { changedSettings, lines, type ChangedValue } from './changed-settings.js';
import { valueWords, type Reader } from './value-words.js';

/** What became of a step; of one that was changed and moved, that it was changed. */
export type Mark = 'added' | 'removed' | 'changed' | 'moved';

/** One stop of a walk through the changes. */
export interface Difference {
  /** Names it within the comparison. */
  key: string;
  mark: Mark;
  /** The step that it is about; undefined for the graph as a whole. */
  node?: string;
  title: string;
  values: ChangedValue[];
}

/** What lies over the cards and wires of a comparison. */
export interface CompareLayer {
  nodes: ReadonlyMap<string, Mark>;
  /** By wire, spelt `node.port>node`. */
  edges: ReadonlyMap<string, 'added' | 'removed'>;
}

export interface Comparison {
  /** The newer graph, with what only the older has as ghosts at their old places. */
  graph: RuleGraph;
  layer: CompareLayer;
  /** In reading order; what only moved comes last. */
  differences: Difference[];
  /** Whether both mean the same, moved cards aside. */
  equal: boolean;
}

/** Compares two graphs for the canvas and for a list. They may be unfinished. */
export function compareGraphs(older: RuleGraph, newer: RuleGraph, reader: Reader): Comparison {
  const diff = diffGraphs(older, newer, nodeTypes);
  const graph = withGhosts(older, newer, diff);
  const marks = marksOf(diff);
  const nodes = inReadingOrder(graph).flatMap(({ id }): Difference[] => {
    const mark = marks.get(id);
    return mark
      ? [
          {
            key: `node ${id}`,
            mark,
            node: id,
            title: titleOf(id, older, newer, reader),
            values: valuesOf(id, mark, older, newer, diff, reader),
          },
        ]
      : [];
  });
  return {
    graph,
    layer: {
      nodes: marks,
      edges: new Map([
        ...diff.edges.removed.map((edge) => [edgeId(edge), 'removed'] as const),
        ...diff.edges.added.map((edge) => [edgeId(edge), 'added'] as const),
      ]),
    },
    differences: [
      ...nodes.filter(({ mark }) => mark !== 'moved'),
      ...wholeOf(diff, reader),
      ...nodes.filter(({ mark }) => mark === 'moved'),
    ],
    equal: diff.equal,
  };
}

/** How many there are of each kind. */
export function countMarks(differences: readonly Difference[]): Record<Mark, number> {
  const counts: Record<Mark, number> = { added: 0, removed: 0, changed: 0, moved: 0 };
  for (const { mark } of differences) counts[mark] += 1;
  return counts;
}

function withGhosts(older: RuleGraph, newer: RuleGraph, { nodes, edges }: GraphDiff): RuleGraph {
  const gone = older.nodes.filter(({ id }) => nodes.removed.includes(id));
  const drawn = gone.reduce((all, ghost) => [...all, withFreePlace(ghost, all)], newer.nodes);
  return { ...newer, nodes: drawn, edges: [...newer.edges, ...edges.removed] };
}

/** A card with its ports, in pixels: enough to tell whether one lies on another. */
const cardSize = { width: cardWidth, height: 120 };

/** A ghost whose place another card took is drawn below that one. */
function withFreePlace(ghost: GraphNode, others: readonly GraphNode[]): GraphNode {
  if (!ghost.position) return ghost;
  const [x, wanted] = ghost.position;
  let y = wanted;
  const covers = ({ position }: GraphNode) =>
    position !== undefined && Math.abs(position[0] - x) < cardSize.width && Math.abs(position[1] - y) < cardSize.height;
  for (let over = others.find(covers); over?.position; over = others.find(covers)) y = over.position[1] + cardSize.height + gridStep;
  return y === wanted ? ghost : { ...ghost, position: [x, y] };
}

function marksOf({ nodes, edges, canvas }: GraphDiff): Map<string, Mark> {
  const rewired = [...edges.added, ...edges.removed, ...edges.reordered].map(({ from }) => splitPort(from)?.node ?? from);
  return new Map([
    ...canvas.moved.map((id) => [id, 'moved'] as const),
    ...rewired.map((id) => [id, 'changed'] as const),
    ...nodes.changed.map(({ node }) => [node, 'changed'] as const),
    ...nodes.added.map((id) => [id, 'added'] as const),
    ...nodes.removed.map((id) => [id, 'removed'] as const),
  ]);
}

function valuesOf(id: string, mark: Mark, older: RuleGraph, newer: RuleGraph, diff: GraphDiff, reader: Reader): ChangedValue[] {
  const before = older.nodes.find((node) => node.id === id);
  const after = newer.nodes.find((node) => node.id === id);
  if (mark !== 'changed' || !before || !after) {
    const said = (node: GraphNode | undefined, { timezone }: RuleGraph) =>
      node && mark !== 'moved' ? lines(nameIds(cardOf(node, reader.language, timezone).summary, reader.names)) : [];
    const value = { what: reader.t('compare.does'), old: after ? [] : said(before, older), new: said(after, newer) };
    return value.old.length + value.new.length > 0 ? [value] : [];
  }
  const paths = diff.nodes.changed.filter(({ node }) => node === id).map(({ path }) => path);
  return [
    ...(paths.length > 0 ? changedSettings(before, after, paths, { older, newer }, reader) : []),
    ...changedWires(id, older, newer, diff, reader),
  ];
}

function changedWires(id: string, older: RuleGraph, newer: RuleGraph, { edges }: GraphDiff, reader: Reader): ChangedValue[] {
  const ports = [...edges.added, ...edges.removed, ...edges.reordered]
    .map(({ from }) => from)
    .filter((from) => splitPort(from)?.node === id);
  return [...new Set(ports)].map((from) => {
    const targets = (graph: RuleGraph) =>
      graph.edges.filter((edge) => edge.from === from).map(({ to }) => titleOf(to, graph, graph, reader));
    const nowhere = [reader.t('exits.nowhere')];
    const [old, now] = [targets(older), targets(newer)];
    return {
      what: reader.t('compare.exit', { port: portLabel(from, older, newer, reader) }),
      old: old.length > 0 ? old : nowhere,
      new: now.length > 0 ? now : nowhere,
    };
  });
}

/** What is not about one step: zone, name, description, the order of triggers, tests, notes and frames. */
function wholeOf({ graph, tests, canvas }: GraphDiff, reader: Reader): Difference[] {
  const { t } = reader;
  const values = graph.map(({ path, old, new: now }): ChangedValue => {
    const what = frameNames.has(path) ? t(`compare.frame.${path}`) : path;
    return { what, old: valueWords(old, undefined, reader).split('\n'), new: valueWords(now, undefined, reader).split('\n') };
  });
  const one = (mark: Mark, key: string, title: string): Difference => ({ key, mark, title, values: [] });
  return [
    ...(values.length > 0 ? [{ key: 'graph', mark: 'changed' as const, title: t('compare.whole'), values }] : []),
    ...tests.added.map((name) => one('added', `test ${name}`, t('compare.test', { name }))),
    ...tests.removed.map((name) => one('removed', `test ${name}`, t('compare.test', { name }))),
    ...tests.changed.map((name) => one('changed', `test ${name}`, t('compare.test', { name }))),
    ...(canvas.notes ? [one('changed', 'notes', t('compare.notes'))] : []),
    ...(canvas.groups ? [one('changed', 'groups', t('compare.groups'))] : []),
  ];
}

const frameNames = new Set(['name', 'timezone', 'description.ru', 'description.en', 'triggers', 'parameters']);

function titleOf(id: string, older: RuleGraph, newer: RuleGraph, { language }: Reader): string {
  const find = (graph: RuleGraph) => graph.nodes.find((node) => node.id === id);
  const node = find(newer) ?? find(older);
  return node ? cardOf(node, language, newer.timezone).title : id;
}

function portLabel(from: string, older: RuleGraph, newer: RuleGraph, { language }: Reader): string {
  const start = splitPort(from);
  for (const graph of [newer, older]) {
    const node = graph.nodes.find(({ id }) => id === start?.node);
    const port = node && cardOf(node, language).ports.find(({ name }) => name === start?.port);
    if (port) return port.label;
  }
  return start?.port ?? from;
}
