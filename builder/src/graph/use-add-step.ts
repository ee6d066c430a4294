import { useCallback } from 'react';
import { useReactFlow } from '@xyflow/react';
import { cardWidth } from './boxes.js';
import { portNamesOf } from './card-view.js';
import { addNode, freeId, insertIntoEdge, makeRoom, type Place } from './commands.js';
import { edgeId } from './flow-view.js';
import { useGraphStore } from './graph-store.js';
import type { StepRequest } from './canvas.js';
import { useReveal } from './use-reveal.js';

/** From one card to the next, in pixels. */
const gap = 80;
/** A card and the space below it, in pixels. */
const rowHeight = 160;

/** Adding steps: where a click, a key, a drop or a loose wire asks for one. The new step is selected, and in sight. */
export function useAddStep() {
  const store = useGraphStore();
  const { screenToFlowPosition } = useReactFlow();
  const reveal = useReveal();

  const choose = useCallback(
    (id: string) => {
      store.getState().select({ nodes: new Set([id]) });
      // Its settings open beside the canvas, which is narrower at the next frame.
      requestAnimationFrame(() => requestAnimationFrame(() => reveal(id)));
    },
    [store, reveal],
  );

  /** The middle of what is in sight. */
  const middle = useCallback((): Place => {
    const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
    const { x, y } = screenToFlowPosition(box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : { x: 400, y: 300 });
    return [x - cardWidth / 2, y - 60];
  }, [screenToFlowPosition]);

  const add = useCallback(
    (type: string, { place, from }: StepRequest = {}) => {
      const graph = store.getState().history.present;
      const id = freeId(graph, type);
      const next = place ? { place, from } : (besideSelected(store.getState(), type) ?? { place: middle(), from });
      store.getState().commit(addNode({ id, type, position: freePlace(graph.nodes, next.place), from: next.from ?? from }));
      choose(id);
      return id;
    },
    [store, middle, choose],
  );

  const drop = useCallback(
    (type: string, place: Place, wire: string | undefined) => {
      const graph = store.getState().history.present;
      const edge = graph.edges.find((one) => edgeId(one) === wire);
      const id = freeId(graph, type);
      const [port] = portNamesOf({ id, type, settings: {} });
      const room = edge && makeRoom(graph, edge);
      const node = { id, type, position: room?.place ?? place };
      store.getState().commit(edge ? (now) => insertIntoEdge(edge, node, port)(room?.graph ?? now) : addNode(node));
      choose(id);
    },
    [store, choose],
  );

  return { add, drop, middle };
}

type State = ReturnType<ReturnType<typeof useGraphStore>['getState']>;

/** To the right of the one selected step, wired from its first exit that leads nowhere. */
function besideSelected({ selection, history }: State, type: string): { place: Place; from?: string } | undefined {
  const [id] = selection.nodes;
  const node = selection.nodes.size === 1 ? history.present.nodes.find((one) => one.id === id) : undefined;
  if (!node?.position || type.startsWith('on-')) return undefined;
  const wired = new Set(history.present.edges.map(({ from }) => from));
  const port = portNamesOf(node).find((name) => !wired.has(`${node.id}.${name}`));
  return { place: [node.position[0] + cardWidth + gap, node.position[1]], from: port && `${node.id}.${port}` };
}

/** Down from where somebody stands already. */
function freePlace(nodes: State['history']['present']['nodes'], [x, y]: Place): Place {
  let free = y;
  while (nodes.some(({ position: [left, top] = [0, 0] }) => Math.abs(left - x) < cardWidth && Math.abs(top - free) < rowHeight - 20)) {
    free += rowHeight;
  }
  return [x, free];
}
