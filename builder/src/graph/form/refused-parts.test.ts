import { checkExpression } from '../../../../rules/index.js';
import { partsOf, quoteOf } from './refused-parts.js';

const marked = (source: string) =>
  partsOf(source, checkExpression(source))
    .map(({ text, isRefused }) => (isRefused ? `<${text}>` : text))
    .join('');

it.each([
  ['message.text', 'message.text'],
  ['', ''],
  ['1 + $eval("1") & $pad("x", 5)', '1 + <$eval(>"1") & <$pad(>"x", 5)'],
  ['message.text & $имя', 'message.text & <$имя>'],
  ['vars.items[$i]', 'vars.items[<$i>]'],
  ['[1..9]', '[1<..>9]'],
  ['vars.** = 1', 'vars.<**> = 1'],
  ['($a := 1; 2)', '($a <:=> 1; 2)'],
  ['$string', '<$string>'],
  ['message.text = "a', 'message.text = "<a>'],
  ['a b', 'a <b>'],
  [`a${' ?? a'.repeat(20)}`, `<a${' ?? a'.repeat(20)}>`],
])('%s is marked %s', (source, expected) => {
  expect(marked(source)).toBe(expected);
});

it('loses nothing of the text, whatever the places are', () => {
  const text = { ru: 'x', en: 'x' };
  for (const positions of [[], [3, 3], [9, 2], [100], [0, 5], [5, 6, 7]]) {
    const parts = partsOf('$a + $bc(d)', positions.map((position) => ({ position, text }))); // oxfmt-ignore
    expect(parts.map((part) => part.text).join('')).toBe('$a + $bc(d)');
  }
});

it('quotes the part, and nothing where the whole is meant', () => {
  const text = { ru: 'x', en: 'x' };
  expect(quoteOf('1 + $eval("1")', { position: 10, text })).toBe('$eval(');
  expect(quoteOf('1 + 1', { position: 0, text })).toBeUndefined();
});
