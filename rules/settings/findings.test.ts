import { checkPatterns, checkSubstitutions, checkTemplate } from './findings.js';

const codes = (findings: { code: string }[]) => findings.map(({ code }) => code);

describe('a text', () => {
  it.each([
    ['{{Здравствуйте;Добрый день}, %NAME%', ['variants-unclosed']],
    ['{Здравствуйте;Добрый день}}, %NAME%', ['variants-unclosed']],
    ['{Здравствуйте;Добрый день}', ['variants-unclosed']],
    ['%NAME, добрый день', ['substitution-unclosed']],
    ['NAME%, добрый день', ['substitution-unclosed']],
    ['%NAEM%, добрый день', ['unknown-substitution']],
  ])('is told of: %s', (text, expected) => {
    expect(codes(checkTemplate(text, 'text'))).toEqual(expected);
  });

  it.each([
    '{{Здравствуйте;Добрый день}}, %NAME%%TIME%',
    'Скидка 100% и ещё 5%',
    'Наш {магазин}',
    '%NAME%NAME',
    'NAMES% и %TEXTILE',
    '{{a;b}} {{c;d}}',
    ':-} {-:',
  ])('is fine: %s', (text) => {
    expect(checkTemplate(text, 'text')).toEqual([]);
  });

  it('with a syntax of its own may have braces', () => {
    expect(checkSubstitutions('{"a":{"name":"%NAME%"}}', 'body')).toEqual([]);
    expect(codes(checkSubstitutions('https://x.example/?q=%TEXT', 'url'))).toEqual(['substitution-unclosed']);
  });
});

describe('a pattern that finds words by accident', () => {
  it('is told of with those words', () => {
    const [found, ...more] = checkPatterns('заказ *сто*');
    expect(found).toMatchObject({ code: 'word-very-wide', path: 'patterns' });
    expect(found?.text.ru).toContain('место');
    expect(more).toEqual([]);
  });

  it.each(['*красн*', '*куп*', 'сто*', '*сто', 'сто', '*кредит*', 'цен*'])('is not %s', (pattern) => {
    expect(checkPatterns(pattern)).toEqual([]);
  });
});
