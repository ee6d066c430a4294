import fc from 'fast-check';
import { splitText } from './split-text.js';

it('leaves a text that fits alone, an empty one too', () => {
  expect(splitText('Здравствуйте', 4096)).toEqual(['Здравствуйте']);
  expect(splitText('', 10)).toEqual(['']);
});

it('cuts at line breaks first, then at spaces', () => {
  expect(splitText('первая строка\nвторая строка', 16)).toEqual(['первая строка', 'вторая строка']);
  expect(splitText('раз два три четыре', 12)).toEqual(['раз два три', 'четыре']);
});

it('keeps a surrogate pair whole', () => {
  expect(splitText('абв😀', 4)).toEqual(['абв', '😀']);
});

it('gives parts that fit, lose nothing but white space and never hang', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 2, max: 50 }), (text, most) => {
      const parts = splitText(text, most);
      expect(parts.every((part) => part.length <= most)).toBe(true);
      expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});
