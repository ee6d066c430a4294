import { splitLinks } from './split-links.js';

test('addresses become links, the sentence around them stays', () => {
  expect(splitLinks('Смотрите https://example.ru/цена, там всё (http://a.b/c).')).toEqual([
    { text: 'Смотрите ' },
    { text: 'https://example.ru/цена', href: 'https://example.ru/%D1%86%D0%B5%D0%BD%D0%B0' },
    { text: ', там всё (' },
    { text: 'http://a.b/c', href: 'http://a.b/c' },
    { text: ').' },
  ]);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>1</script>',
  'http://',
  'https://bank.ru@evil.example/',
  'JAVASCRIPT://x',
  'нет',
])('%s is no link', (text) => expect(splitLinks(text)).toEqual([{ text }]));

test('a turned-round text does not reach into the address', () => {
  expect(splitLinks('https://a.ru/\u202Egpj.exe')[0]?.href).toBe('https://a.ru/');
});

test('nothing is lost', () => {
  const text = 'a https://a.ru https://b.ru?x=1#y!! z <b>';
  expect(
    splitLinks(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
