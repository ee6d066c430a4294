import type { RuleGraph } from '../../../rules/index.js';
import { boxesOf, contentsOf } from './boxes.js';
import {
  addGroup,
  addNote,
  frameAround,
  resizeThing,
  setColor,
  setGroupTitle,
  setNoteText,
  shownColor,
  withOwnIds,
} from './canvas-things.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'out', type: 'reply', settings: {}, position: [300, 0] },
  ],
  edges: [],
};
const drawn: RuleGraph = {
  ...graph,
  notes: [{ id: 'n', text: 'а', position: [320, 200], color: '#123456' }],
  groups: [
    { id: 'big', title: 'Всё', position: [-40, -80], size: [900, 600] },
    { id: 'small', title: 'Ответ', position: [280, -60], size: [300, 400] },
  ],
};

describe('notes and frames', () => {
  it('are drawn on the grid', () => {
    expect(addNote('n', [33, 47])(graph).notes).toEqual([{ id: 'n', text: '', position: [40, 40] }]);
    expect(addGroup('g', [], [33, 47])(graph).groups).toEqual([{ id: 'g', title: '', position: [40, 40], size: [520, 300] }]);
  });

  it('leave room around what a frame is drawn around', () => {
    const box = frameAround([{ x: 300, y: 0, width: 240, height: 110 }]);
    expect(box).toEqual({ x: 280, y: -60, width: 300, height: 200 });
    expect(frameAround([])).toBeUndefined();
  });

  it('change text, title, colour and size, and give the same object back where nothing changes', () => {
    expect(setNoteText('n', 'б')(drawn).notes?.[0]?.text).toBe('б');
    expect(setGroupTitle('big', 'Ночь')(drawn).groups?.[0]?.title).toBe('Ночь');
    expect(setColor(new Set(['note:n', 'group:small']), 'blue')(drawn).groups?.map(({ color }) => color)).toEqual([undefined, 'blue']);
    expect(resizeThing('note:n', { x: 300, y: 200, width: 333, height: 20 })(drawn).notes?.[0]).toMatchObject({
      position: [300, 200],
      size: [340, 60],
    });
    expect(setNoteText('n', 'а')(drawn)).toBe(drawn);
    expect(setNoteText('nobody', 'а')(drawn)).toBe(drawn);
    expect(setColor(new Set(['in']), 'blue')(drawn)).toBe(drawn);
    expect(resizeThing('group:big', { x: -40, y: -80, width: 900, height: 600 })(drawn)).toBe(drawn);
  });

  it('keep a colour that is not offered, and are drawn in the first', () => {
    expect(shownColor('#123456', 'yellow')).toBe('yellow');
    expect(setNoteText('n', 'б')(drawn).notes?.[0]?.color).toBe('#123456');
  });

  it('know what lies in a frame: by its middle, and smaller frames', () => {
    const boxes = boxesOf(drawn);
    expect(contentsOf('group:big', boxes).toSorted()).toEqual(['group:small', 'in', 'note:n', 'out']);
    expect(contentsOf('group:small', boxes).toSorted()).toEqual(['note:n', 'out']);
    expect(contentsOf('group:nobody', boxes)).toEqual([]);
  });

  it('get ids of their own where a file gives two of them one', () => {
    const [note] = drawn.notes ?? [];
    const twice: RuleGraph = { ...graph, notes: note ? [note, note, { ...note, id: 'n-2' }] : [] };
    expect(withOwnIds(twice).notes?.map(({ id }) => id)).toEqual(['n', 'n-3', 'n-2']);
    expect(withOwnIds(drawn)).toBe(drawn);
    expect(withOwnIds(graph)).toBe(graph);
  });
});
