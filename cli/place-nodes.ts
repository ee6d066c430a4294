import type { RuleGraph } from '../rules/index.js';
import { splitPort } from '../rules/index.js';

/** Left and top of a node's card. */
export type Place = readonly [x: number, y: number];

/** The distance of cards that are placed here: wide enough for an edge with its label between them. */
const step = { x: 290, y: 110 };

/** On the canvas cards stand closer: there the names of exits are inside of them. */
const stretch = 1.35;

/**
 * Where the cards of a graph stand in a picture: as on the canvas when every node has its place there, else in columns by their distance
 * from where runs start.
 */
export function placeNodes(graph: RuleGraph): Map<string, Place> {
  const drawn = graph.nodes.flatMap(({ id, position }): [string, Place][] =>
    position ? [[id, [position[0] * stretch, position[1]]]] : [],
  );
  return drawn.length === graph.nodes.length ? new Map(drawn) : inColumns(graph);
}

function inColumns({ nodes, edges }: RuleGraph): Map<string, Place> {
  const targets = new Map<string, string[]>();
  const entered = new Set<string>();
  for (const { from, to } of edges) {
    const source = splitPort(from)?.node;
    if (source === undefined) continue;
    targets.set(source, [...(targets.get(source) ?? []), to]);
    entered.add(to);
  }
  const columns = new Map<string, number>();
  // A circle that nothing leads into is begun at its first node.
  const starts = [...nodes.filter(({ id }) => !entered.has(id)), ...nodes];
  for (const { id: start } of starts) {
    if (columns.has(start)) continue;
    const queue: (readonly [string, number])[] = [[start, 0]];
    for (const [id, column] of queue) {
      if (columns.has(id)) continue;
      columns.set(id, column);
      for (const target of targets.get(id) ?? []) queue.push([target, column + 1]);
    }
  }
  const rows = new Map<number, number>();
  return new Map(
    nodes.map(({ id }): [string, Place] => {
      const column = columns.get(id) ?? 0;
      const row = rows.get(column) ?? 0;
      rows.set(column, row + 1);
      return [id, [column * step.x, row * step.y]];
    }),
  );
}
