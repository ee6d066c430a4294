import { graphlib, layout } from '@dagrejs/dagre';
import type { RuleGraph } from '../../../../rules/index.js';
import type { Box } from '../boxes.js';
import { portNamesOf } from '../card-view.js';
import { ownerOf, portOf, type Place } from '../commands.js';
import type { Key } from '../things.js';

/** Between cards that lie one below the other, and between columns. In pixels. */
const gaps = { row: 40, column: 80 };

/** Of two drawings the one with fewer crossing wires; where they are equal, the one that keeps exits in their order. */
export function layOutPart(
  graph: RuleGraph,
  part: ReadonlySet<string>,
  groups: ReadonlyMap<Key, Key[]>,
  boxes: ReadonlyMap<Key, Box>,
): Map<string, Box> {
  const edges = wiresOf(graph, part);
  const inOrder = draw(part, edges, groups, boxes, true);
  const sorted = draw(part, edges, groups, boxes, false);
  return crossings(edges, inOrder) <= crossings(edges, sorted) ? inOrder : sorted;
}

interface PartWire {
  from: string;
  to: string;
  /** Which exit of its step, from 0 above. */
  exit: number;
}

/** The wires between the steps of a part, step by step and from the first exit to the last: dagre begins with this order. */
function wiresOf(graph: RuleGraph, part: ReadonlySet<string>): PartWire[] {
  return graph.nodes.flatMap((node) => {
    if (!part.has(node.id)) return [];
    const ports = portNamesOf(node);
    return graph.edges
      .filter(({ from, to }) => ownerOf(from) === node.id && part.has(to))
      .map(({ from, to }) => ({ from: node.id, to, exit: ports.indexOf(portOf(from)) }))
      .sort((a, b) => a.exit - b.exit);
  });
}

function draw(
  part: ReadonlySet<string>,
  edges: readonly PartWire[],
  groups: ReadonlyMap<Key, Key[]>,
  boxes: ReadonlyMap<Key, Box>,
  keepsOrder: boolean,
): Map<string, Box> {
  const drawing = new graphlib.Graph({ compound: true, multigraph: true });
  // Frames one in another take room to the left and right of their steps.
  drawing.setGraph({ rankdir: 'LR', nodesep: gaps.row, ranksep: gaps.column + (groups.size > 1 ? gaps.row : 0) });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const id of part) {
    const { width = 0, height = 0 } = boxes.get(id) ?? {};
    drawing.setNode(id, { width, height });
  }
  for (const { from, to, exit } of edges) drawing.setEdge(from, to, {}, String(exit));
  for (const [key, parent] of nesting(part, groups, boxes)) {
    if (!drawing.hasNode(parent)) drawing.setNode(parent, {});
    drawing.setParent(key, parent);
  }
  layout(drawing, { disableOptimalOrderHeuristic: keepsOrder });
  return new Map(
    [...part].flatMap((id): [string, Box][] => {
      const box = boxes.get(id);
      const { x, y } = drawing.node(id) as { x: number; y: number };
      return box ? [[id, { ...box, x: x - box.width / 2, y: y - box.height / 2 }]] : [];
    }),
  );
}

/** Each step of a part, and each frame, with the smallest frame that it lies in. */
function nesting(part: ReadonlySet<string>, groups: ReadonlyMap<Key, Key[]>, boxes: ReadonlyMap<Key, Box>): Map<Key, Key> {
  const area = (key: Key) => (boxes.get(key)?.width ?? 0) * (boxes.get(key)?.height ?? 0);
  const parents = new Map<Key, Key>();
  // From the largest to the smallest: the smallest frame has the last word.
  for (const [group, inside] of [...groups].sort(([a], [b]) => area(b) - area(a))) {
    if (!inside.some((key) => part.has(key))) continue;
    for (const key of inside)
      if (part.has(key) || (groups.has(key) && groups.get(key)?.some((one) => part.has(one)))) parents.set(key, group);
  }
  return parents;
}

/** How many pairs of wires cross, each drawn straight from its exit to its target. */
function crossings(edges: readonly PartWire[], boxes: ReadonlyMap<string, Box>): number {
  const lines = edges.flatMap(({ from, to, exit }) => {
    const [start, end] = [boxes.get(from), boxes.get(to)];
    if (!start || !end) return [];
    return [{ from, to, a: [start.x + start.width, start.y + 80 + 19 * exit] as Place, b: [end.x, end.y + 20] as Place }];
  });
  let count = 0;
  lines.forEach((one, index) => {
    for (const other of lines.slice(index + 1)) {
      if (one.from !== other.from || one.to !== other.to) count += cross(one.a, one.b, other.a, other.b) ? 1 : 0;
    }
  });
  return count;
}

function cross(a: Place, b: Place, c: Place, d: Place): boolean {
  const side = (p: Place, q: Place, r: Place) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
