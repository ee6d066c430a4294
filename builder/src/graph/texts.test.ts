import type { TextTree } from '../i18n.js';
import { formEn } from './texts/form-en.js';
import { formRu } from './texts/form-ru.js';
import { pagesEn } from './texts/pages-en.js';
import { pagesRu } from './texts/pages-ru.js';

/** Every text by its path; the plural forms of one text are one. */
function textsOf(tree: TextTree, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[`${path}${key}`.replace(/_(one|few|many|other)$/, ''), value]] : [...textsOf(value, `${path}${key}.`)],
    ),
  );
}

const placesOf = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe.each([
  ['pages', pagesRu, pagesEn],
  ['forms', formRu, formEn],
])('the texts of the %s', (_, ru, en) => {
  const [russian, english] = [textsOf(ru), textsOf(en)];

  it('exist in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...russian.keys()].sort());
  });

  it('name the same values in both', () => {
    const differing = [...russian].filter(([key, text]) => String(placesOf(text)) !== String(placesOf(english.get(key))));
    expect(differing).toEqual([]);
  });

  it('shout at nobody', () => {
    expect([...russian, ...english].filter(([, text]) => text.includes('!'))).toEqual([]);
  });
});
