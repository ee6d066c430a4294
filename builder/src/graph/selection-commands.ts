import type { RuleGraph } from '../../../rules/index.js';
import { align, distribute, type Direction, type Side } from './arranging/arrange.js';
import { boxesOf, contentsOf, type Box, type Size } from './boxes.js';
import { addGroup } from './canvas-things.js';
import { gridStep, moveThings, removePicked, setDisabled, type Place } from './commands.js';
import type { GraphState } from './graph-store.js';
import type { EditorCommand } from './keys.js';
import { duplicate, freeThingId, withContents, type Pasted } from './copying/piece.js';
import { removeAndJoin } from './rejoin.js';
import { countOf, groupKey, keysOf, type Key, type Picked } from './things.js';

/** What each command does now; a command that cannot do anything is absent. */
export type Commands = Partial<Record<EditorCommand, () => void>>;

interface SelectionContext {
  state: GraphState;
  /** Of cards as drawn, by id. */
  sizes: ReadonlyMap<string, Size>;
  /** A step that leads on by several exits cannot be taken out with its neighbours joined: says so, by its id. */
  onUnclear: (node: string) => void;
}

/** What can be done with the things that are selected. */
export function selectionCommands({ state, sizes, onUnclear }: SelectionContext): Commands {
  const { selection, history, commit, select } = state;
  const graph = history.present;
  const count = countOf(selection);
  const commands: Commands = {};
  if (count > 0 || selection.edges.length > 0) commands.remove = () => commit(removePicked(selection, selection.edges));
  if (count === 0) return commands;

  const take = ({ graph: next, picked }: Pasted) => {
    commit(() => next);
    select(picked);
  };
  commands.duplicate = () => take(duplicate(graph, selection, sizes));
  for (const [command, by] of moves) {
    commands[command] = () => {
      const boxes = boxesOf(graph, sizes);
      const keys = keysOf(withContents(graph, selection, sizes));
      commit(moveThings(shift(keys, boxes, by), true), { merge: `move:${keys.join(' ')}` });
    };
  }
  if (selection.nodes.size > 0) Object.assign(commands, stepCommands(state, onUnclear));
  commands.group = () => {
    const boxes = boxesOf(graph, sizes);
    const id = freeThingId(graph.groups, 'group');
    commit(addGroup(id, boxesFor(keysOf(selection), boxes), [0, 0]));
    select({ groups: new Set([id]) });
    state.edit(groupKey(id));
  };
  if (count > 1) Object.assign(commands, arrangeCommands(state, sizes, count));
  return commands;
}

const moves: [EditorCommand, Place][] = [
  ['move-left', [-gridStep, 0]],
  ['move-right', [gridStep, 0]],
  ['move-up', [0, -gridStep]],
  ['move-down', [0, gridStep]],
];

function stepCommands({ selection: { nodes }, history, commit }: GraphState, onUnclear: (node: string) => void): Commands {
  return {
    'switch-off': () => {
      const isOn = history.present.nodes.some(({ id, disabled }) => nodes.has(id) && !disabled);
      commit(setDisabled(nodes, isOn));
    },
    'remove-and-join': () => {
      const { graph, unclear } = removeAndJoin(history.present, nodes);
      if (graph) commit(() => graph);
      else onUnclear(unclear);
    },
  };
}

function arrangeCommands({ selection, history, commit }: GraphState, sizes: ReadonlyMap<string, Size>, count: number): Commands {
  const graph = history.present;
  const arrange = (place: (boxes: ReadonlyMap<Key, Box>) => ReadonlyMap<Key, Place>) => () => {
    const boxes = boxesOf(graph, sizes);
    const moved = place(ownBoxes(keysOf(selection), boxes));
    commit(moveThings(withInside(moved, boxes), true));
  };
  const commands: Commands = {};
  for (const side of sides) commands[`align-${side}`] = arrange((boxes) => align(boxes, side));
  if (count > 2) for (const direction of directions) commands[`distribute-${direction}`] = arrange((boxes) => distribute(boxes, direction));
  return commands;
}

const sides: readonly Side[] = ['left', 'centre', 'right', 'top', 'middle', 'bottom'];
const directions: readonly Direction[] = ['across', 'down'];

/** The boxes of these things, but not of what lies in a frame that is among them: that goes with its frame. */
function ownBoxes(keys: readonly Key[], boxes: ReadonlyMap<Key, Box>): Map<Key, Box> {
  const inside = new Set(keys.flatMap((key) => (key.startsWith('group:') ? contentsOf(key, boxes) : [])));
  return new Map(
    keys.flatMap((key): [Key, Box][] => {
      const box = boxes.get(key);
      return box && !inside.has(key) ? [[key, box]] : [];
    }),
  );
}

/** The new places of frames, and of what lies in them. */
function withInside(places: ReadonlyMap<Key, Place>, boxes: ReadonlyMap<Key, Box>): Map<Key, Place> {
  const all = new Map<Key, Place>();
  for (const [key, [x, y]] of places) {
    const box = boxes.get(key);
    if (box && key.startsWith('group:')) {
      for (const [inner, place] of shift(contentsOf(key, boxes), boxes, [x - box.x, y - box.y])) all.set(inner, place);
    }
  }
  return new Map([...all, ...places]);
}

function shift(keys: readonly Key[], boxes: ReadonlyMap<Key, Box>, [x, y]: Place): Map<Key, Place> {
  return new Map(
    keys.flatMap((key): [Key, Place][] => {
      const box = boxes.get(key);
      return box ? [[key, [box.x + x, box.y + y]]] : [];
    }),
  );
}

function boxesFor(keys: readonly Key[], boxes: ReadonlyMap<Key, Box>): Box[] {
  return keys.flatMap((key) => boxes.get(key) ?? []);
}

/** Everything of a graph, as what is selected. */
export function everything({ nodes, notes, groups }: RuleGraph): Picked {
  return {
    nodes: new Set(nodes.map(({ id }) => id)),
    notes: new Set(notes?.map(({ id }) => id)),
    groups: new Set(groups?.map(({ id }) => id)),
  };
}
