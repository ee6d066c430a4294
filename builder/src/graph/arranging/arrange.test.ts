import { align, distribute } from './arrange.js';
import type { Box } from '../boxes.js';

const boxes = new Map<string, Box>([
  ['a', { x: 0, y: 0, width: 240, height: 100 }],
  ['b', { x: 300, y: 40, width: 240, height: 140 }],
  ['c', { x: 800, y: 20, width: 200, height: 60 }],
]);

const all = (places: ReadonlyMap<string, [number, number]>) => Object.fromEntries(places);

describe('align', () => {
  it.each([
    ['left', { a: [0, 0], b: [0, 40], c: [0, 20] }],
    ['right', { a: [760, 0], b: [760, 40], c: [800, 20] }],
    ['centre', { a: [380, 0], b: [380, 40], c: [400, 20] }],
    ['top', { a: [0, 0], b: [300, 0], c: [800, 0] }],
    ['bottom', { a: [0, 80], b: [300, 40], c: [800, 120] }],
    ['middle', { a: [0, 40], b: [300, 20], c: [800, 60] }],
  ] as const)('lines things up: %s', (side, expected) => {
    expect(all(align(boxes, side))).toEqual(expected);
  });

  it('has nothing to do with nothing', () => {
    expect(align(new Map(), 'left').size).toBe(0);
  });
});

describe('distribute', () => {
  it('makes the gaps across equal, the first and the last staying', () => {
    // 1000 wide in all, 680 of it cards: two gaps of 160.
    expect(all(distribute(boxes, 'across'))).toEqual({ a: [0, 0], b: [400, 40], c: [800, 20] });
  });

  it('goes by where the middles are, not by the order of the file', () => {
    const down = distribute(boxes, 'down');
    // From above: a (middle 50, before c of the same), c, b; 300 high, more than the 180 there are: they overlap evenly.
    expect([...down.keys()]).toEqual(['a', 'c', 'b']);
    expect(all(down)).toEqual({ a: [0, 0], c: [800, 40], b: [300, 40] });
  });

  it('leaves two things as they are: there is one gap only', () => {
    expect(distribute(new Map([...boxes].slice(0, 2)), 'across').size).toBe(0);
  });
});
