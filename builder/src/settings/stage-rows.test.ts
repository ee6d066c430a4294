import { moveRow, toStages, type StageRow } from './stage-rows.js';

const rows: StageRow[] = ['a', 'b', 'c'].map((key) => ({ key, name: key, open: true, deals: 0 }));
const keys = (moved: StageRow[]) => moved.map(({ key }) => key).join('');

test.each([
  [0, 1, 'bac'],
  [0, 2, 'bca'],
  [2, 0, 'cab'],
  [1, -5, 'bac'],
  [1, 9, 'acb'],
  [1, 1, 'abc'],
  [7, 0, 'abc'],
])('row %i to place %i', (from, to, order) => expect(keys(moveRow(rows, from, to))).toBe(order));

test('a new stage is saved without an id', () => {
  expect(
    toStages([
      { key: '1', id: 'x', name: ' Новый ', open: true, deals: 2 },
      { key: '2', name: 'Ещё', open: false, deals: 0 },
    ]),
  ).toEqual([
    { id: 'x', name: 'Новый', open: true },
    { name: 'Ещё', open: false },
  ]);
});
