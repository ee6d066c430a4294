import { movedPriorities } from './priorities.js';

const sets = [
  { id: 'a', priority: 10 },
  { id: 'b', priority: 20 },
  { id: 'c', priority: 35 },
];

describe('the order of rule sets', () => {
  it('swaps two neighbours and leaves the others alone', () => {
    expect(movedPriorities(sets, 2, 1)).toEqual([
      { id: 'c', priority: 20 },
      { id: 'b', priority: 35 },
    ]);
  });

  it('gives each its own priority where several share one', () => {
    const same = sets.map(({ id }) => ({ id, priority: 0 }));
    expect(movedPriorities(same, 0, 1)).toEqual([
      { id: 'b', priority: 10 },
      { id: 'a', priority: 20 },
      { id: 'c', priority: 30 },
    ]);
  });

  it('moves nothing past the ends', () => {
    expect(movedPriorities(sets, 0, -1)).toEqual([]);
    expect(movedPriorities(sets, 2, 3)).toEqual([]);
  });
});
