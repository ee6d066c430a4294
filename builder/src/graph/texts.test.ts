import type { TextTree } from '../i18n.js';
import { backtestEn } from './texts/backtest-en.js';
import { backtestRu } from './texts/backtest-ru.js';
import { expressionEn } from './texts/expression-en.js';
import { expressionRu } from './texts/expression-ru.js';
import { drawingEn } from './texts/drawing-en.js';
import { drawingRu } from './texts/drawing-ru.js';
import { formEn } from './texts/form-en.js';
import { formRu } from './texts/form-ru.js';
import { listEn } from './texts/list-en.js';
import { listRu } from './texts/list-ru.js';
import { pagesEn } from './texts/pages-en.js';
import { pagesRu } from './texts/pages-ru.js';
import { recipesEn } from './texts/recipes-en.js';
import { recipesRu } from './texts/recipes-ru.js';
import { seeingEn } from './texts/seeing-en.js';
import { seeingRu } from './texts/seeing-ru.js';
import { trialEn } from './texts/trial-en.js';
import { trialRu } from './texts/trial-ru.js';
import { versionsEn } from './texts/versions-en.js';
import { versionsRu } from './texts/versions-ru.js';
import { provingEn } from './texts/proving-en.js';
import { provingRu } from './texts/proving-ru.js';

/** Every text by its path; the plural forms of one text are one. */
function textsOf(tree: TextTree, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[`${path}${key}`.replace(/_(one|few|many|other)$/, ''), value]] : [...textsOf(value, `${path}${key}.`)],
    ),
  );
}

const placesOf = (text = '') => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));

const isSame = (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>) => a.size === b.size && [...a].every((one) => b.has(one));

it('have no part of one name in two files: the later one would hide the earlier', () => {
  const names = [listRu, pagesRu, formRu, drawingRu, versionsRu, provingRu, expressionRu, backtestRu, recipesRu, seeingRu, trialRu].flatMap(
    (tree) => Object.keys(tree),
  );
  expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
});

describe.each([
  ['pages', pagesRu, pagesEn],
  ['forms', formRu, formEn],
  ['expressions', expressionRu, expressionEn],
  ['backtests', backtestRu, backtestEn],
  ['list', listRu, listEn],
  ['drawing', drawingRu, drawingEn],
  ['versions', versionsRu, versionsEn],
  ['proving', provingRu, provingEn],
  ['recipes', recipesRu, recipesEn],
  ['seeing', seeingRu, seeingEn],
  ['trials', trialRu, trialEn],
])('the texts of the %s', (_, ru, en) => {
  const [russian, english] = [textsOf(ru), textsOf(en)];

  it('exist in both languages', () => {
    expect(new Set(english.keys())).toEqual(new Set(russian.keys()));
  });

  it('name the same values in both', () => {
    const differing = [...russian].filter(([key, text]) => !isSame(placesOf(text), placesOf(english.get(key))));
    expect(differing).toEqual([]);
  });

  it('shout at nobody', () => {
    expect([...russian, ...english].filter(([, text]) => text.includes('!'))).toEqual([]);
  });
});
