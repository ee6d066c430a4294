import { readTable, writeTable } from './read-table.js';

it.each([
  [
    'two rows',
    'a\tb\nc\td',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'what Windows ends its lines with, and the last one ended too',
    'a\tb\r\nc\td\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a line break and a tab in quotes', '"одна\nдве"\t"x\ty"', [['одна\nдве', 'x\ty']]],
  ['doubled quotes', '"скажи ""да"""\tb', [['скажи "да"', 'b']]],
  ['a quote that begins a word', '"Ромашка" на Лесной\tb', [['"Ромашка" на Лесной', 'b']]],
  [
    'empty cells',
    'a\t\tc\n\t\tx',
    [
      ['a', '', 'c'],
      ['', '', 'x'],
    ],
  ],
  [
    'an empty cell at the end of a row',
    'a\t\nb\t',
    [
      ['a', ''],
      ['b', ''],
    ],
  ],
  ['spaces around', ' a \t b ', [['a', 'b']]],
  ['nothing', ' \n\n', []],
])('reads %s', (_, text, cells) => {
  expect(readTable(text).rows?.map((row) => row.cells)).toEqual(cells);
});

it('numbers rows as the spreadsheet shows them, blank ones too', () => {
  expect(readTable('a\n\n"b\nc"\nd').rows?.map(({ number }) => number)).toEqual([1, 3, 4]);
});

it('names the row of a quote that never closes', () => {
  expect(readTable('a\tb\nc\t"d\ne\tf')).toEqual({ unclosed: 2 });
});

it('writes what it reads', () => {
  const rows = [
    ['Канал', 'Теги'],
    ['"Ромашка" на Лесной', 'одна\nдве'],
    ['x', 'a\tb "c"'],
  ];
  expect(readTable(writeTable(rows)).rows?.map(({ cells }) => cells)).toEqual(rows);
});
