import { finderOf, markWord, searchOn, type Search } from './find-words.js';

const start: Search = { done: 0, hits: [] };
const texts = ['Сколько стоит?', 'ЦЕНА какая', 'привет', 'цены на стол'];

function finder(patterns: string) {
  const find = finderOf(patterns);
  if (!find) throw new Error(`no finder for ${patterns}`);
  return find;
}

it('finds by the engine’s own patterns and says which found what', () => {
  const { done, hits } = searchOn(start, finder('цен* сколько'), texts, () => 0, 8);
  expect(done).toBe(4);
  expect(hits).toEqual([
    { message: 0, word: 'Сколько', pattern: 'сколько' },
    { message: 1, word: 'ЦЕНА', pattern: 'цен*' },
    { message: 3, word: 'цены', pattern: 'цен*' },
  ]);
});

it('stops when its time is over and goes on from there', () => {
  let now = 0;
  const clock = () => (now += 5);
  const first = searchOn(start, finder('цен*'), texts, clock, 8);
  expect(first.done).toBe(2);
  const second = searchOn(first, finder('цен*'), texts, clock, 8);
  expect(second).toMatchObject({ done: 4, hits: [{ message: 1 }, { message: 3 }] });
  expect(first.hits).toHaveLength(1);
});

it('gets on by one message at least, however slow the machine', () => {
  let now = 0;
  expect(searchOn(start, finder('цен*'), texts, () => (now += 1000), 8).done).toBe(1);
});

it('has nothing to look for without a pattern that can match', () => {
  expect(finderOf('  ')).toBeUndefined();
  expect(finderOf('*')).toBeUndefined();
});

it.each([
  ['Какая цена?', 'цена', { before: 'Какая ', found: 'цена', after: '?' }],
  ['ЦЕНА', 'цена', { before: '', found: 'ЦЕНА', after: '' }],
  ['в\nдве  строки', 'две', { before: 'в ', found: 'две', after: ' строки' }],
  ['ц.е.н.а', 'цена', { before: 'ц.е.н.а', found: '', after: '' }],
])('marks %j', (text, word, marked) => {
  expect(markWord(text, word)).toEqual(marked);
});

it('cuts what is far from the word', () => {
  const { before, found, after } = markWord(`${'а'.repeat(100)} цена ${'б'.repeat(100)}`, 'цена');
  expect([before.length, found, after.length]).toEqual([61, 'цена', 61]);
  expect(before.startsWith('…') && after.endsWith('…')).toBe(true);
});
