import { codeFinder, isCodePattern } from './code-pattern.js';

it.each([
  ['Мой код {code}', 'Мой код A-1_b', 'A-1_b'],
  ['Мой код {code}', 'здравствуйте, МОЙ\n\tКОД   я7!', 'я7'],
  ['Мой код {code}', 'Мой код: 7', undefined],
  ['Мой код {code}', 'Мой код7', undefined],
  ['Мой код {code}', 'мой код !', undefined],
  ['код:{code}', 'код : 12', '12'],
  ['код : {code}', 'код:12', '12'],
  ['код:{code}', 'штрихкод:12', '12'],
  ['Код {code}.', 'Код abc. Привет', 'abc'],
  ['Код {code}.', 'Код abc, привет', undefined],
  ['Код {code}.', 'Код abc, код def.', 'def'],
  ['(код {code})', 'Привет ( код X9 )', 'X9'],
  ['{code}-ru', 'промо-ru', 'промо'],
  ['{code}-ru', 'a-ru-ru', 'a-ru'],
  ['{code}-ru', '-ru', undefined],
  ['a{code}b', 'aab', 'a'],
  ['a{code}b', 'ab', undefined],
  ['{code} руб', 'скидка 500 РУБ', '500'],
  ['{code}', ' …  первое второе', 'первое'],
  ['Код {code}', 'Ко\u200bд Z\u00ad1', 'Z1'],
  ['Код {code}', 'код И\u0306', 'Й'],
  ['İ {code}', 'i 5', '5'],
  ['код {code}', '', undefined],
  ['код {code}', 'код \u0000', undefined],
  ['код {code}', 'код𐐀 код 𐐀', '𐐀'],
  ['$& {code} $1', '$& x $1', 'x'],
])('%s on %j: %s', (pattern, text, code) => {
  expect(codeFinder(pattern)(text)).toBe(code);
});

it('knows whether a greeting has one place for the code', () => {
  expect(['{code}', 'a {code} b', 'a', '{code} {code}', '{Code}'].map(isCodePattern)).toEqual([true, true, false, false, false]);
  expect(() => codeFinder('код')).toThrow('exactly one');
});

it('reads 64 KB in the same time whatever the text repeats', () => {
  const slow = ['aaaaaaaa{code}!', '{code}!', 'a{code}b', 'a {code} a!', '{code}-{'].map(codeFinder);
  for (const text of ['a', 'a ', 'a-', 'ab '].map((unit) => unit.repeat(65_536 / unit.length))) {
    const from = process.cpuUsage();
    for (const find of slow) find(text);
    const { user } = process.cpuUsage(from);
    expect(user / 1000).toBeLessThan(2500);
  }
});
