import { z } from 'zod';
import type { Bilingual } from '../bilingual.js';
import type { Finding } from '../finding.js';
import type { Outcome } from '../node-type.js';

const modes: Record<'block' | 'allow', Bilingual> = {
  block: { ru: 'Черный список', en: 'Block list' },
  allow: { ru: 'Белый список', en: 'Allow list' },
};
type Mode = keyof typeof modes;

/** How a filter reads its list: it keeps out what is listed, or all else. */
export const listModeField = z
  .enum(['block', 'allow'])
  .default('block')
  .meta({ label: { ru: 'Режим', en: 'Mode' }, options: modes });

/** The lines of a list, as an admin types them. */
export const listLines = z.array(z.string().max(500)).max(100_000).default([]);

export const filterPortLabels: Record<string, Bilingual> = {
  pass: { ru: 'прошло', en: 'passed' },
  filtered: { ru: 'отфильтровано', en: 'filtered' },
};

/** With nothing in its list a filter filters nothing, whatever its mode. */
export const passEmptyList: Outcome = { go: 'pass', because: { key: 'empty-list' } };
export const emptyListReason: Bilingual = { ru: 'список пуст', en: 'the list is empty' };

/** What a filter decides on what is listed (with the entry that names it: `listed`) and on what is not (`not-listed`). */
export function decideByList(mode: Mode): { onListed: (entry: string) => Outcome; onOther: Outcome } {
  const [listed, other] = mode === 'block' ? (['filtered', 'pass'] as const) : (['pass', 'filtered'] as const);
  return {
    onListed: (entry) => ({ go: listed, because: { key: 'listed', values: { entry } } }),
    onOther: { go: other, because: { key: 'not-listed' } },
  };
}

/** The first entries of a list as a card shows them: «Кроме: а, б, в … 12». */
export function summarizeList(mode: Mode, names: readonly Bilingual[], all: Bilingual): Bilingual {
  if (names.length === 0) return { ru: `Список пуст, ${all.ru}`, en: `The list is empty, ${all.en}` };
  const some = (language: 'ru' | 'en') =>
    names
      .slice(0, 3)
      .map((name) => name[language])
      .join(', ') + (names.length > 3 ? ` … ${names.length}` : '');
  return mode === 'block'
    ? { ru: `Кроме: ${some('ru')}`, en: `All but: ${some('en')}` }
    : { ru: `Только: ${some('ru')}`, en: `Only: ${some('en')}` };
}

/** Lines of a list as they are in both languages. */
export function asWritten(lines: readonly string[]): Bilingual[] {
  return lines.map((line) => ({ ru: line, en: line }));
}

/** What a list's findings say: who passes an empty one, what to enter, and what a line has to name. */
export interface ListWords {
  empty: Bilingual;
  enter: Bilingual;
  unreadable: (line: string) => Bilingual;
  write: Bilingual;
}

/** Warnings of an empty list, and of each line that names nothing. */
export function checkList(list: readonly string[], isReadable: (line: string) => boolean, words: ListWords): Finding[] {
  if (list.length === 0) return [{ code: 'list-empty', severity: 'warning', path: 'list', text: words.empty, mend: words.enter }];
  return list.flatMap((line, place): Finding[] => {
    if (isReadable(line)) return [];
    const text = words.unreadable(line);
    return [{ code: 'list-entry-unreadable', severity: 'warning', path: `list[${place}]`, text, mend: words.write }];
  });
}
