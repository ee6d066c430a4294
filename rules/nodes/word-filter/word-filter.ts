import { anything, eitherClaims, impossible } from '../../claim.js';
import { ofMessage, ofNoMessage } from '../../settings/message-claims.js';
import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import type { Finding } from '../../finding.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { patternsField } from '../../settings/fields.js';
import { checkPatterns } from '../../settings/findings.js';
import { parsePatterns } from '../../text/patterns.js';
import { wordMatcher } from '../../text/words.js';
import { examples } from './word-filter.examples.js';

const modes: Record<'all' | 'only' | 'except', Bilingual> = {
  all: { ru: 'Выгружать все сообщения', en: 'Pass all messages' },
  only: { ru: 'Выгружать только те сообщения, которые попали под фильтр', en: 'Pass only messages that the filter matches' },
  except: { ru: 'Выгружать все сообщения, кроме попавших под фильтр', en: 'Pass all messages but those that the filter matches' },
};

const settings = z.strictObject({
  mode: z
    .enum(['all', 'only', 'except'])
    .default('all')
    .meta({ label: { ru: 'Режим работы фильтра', en: 'Filter mode' }, options: modes }),
  patterns: patternsField.meta({
    label: { ru: 'Слова', en: 'Words' },
    help: {
      ru: 'Через пробел или с новой строки: заказ — слово, цен* — начало, *куплю — конец, *красн* — внутри',
      en: 'Separated by spaces or line breaks: order — the word, pric* — its start, *buy — its end, *red* — inside',
    },
    placeholder: { ru: 'реклам* *кредит*', en: 'advert* *credit*' },
    widget: 'words',
  }),
});
export type Settings = z.input<typeof settings>;

/** Passes or filters messages by their words; with an empty list it filters nothing. */
export const wordFilter = defineNode({
  type: 'word-filter',
  family: 'filter',
  icon: 'IconFilter',
  title: { ru: 'Фильтр по словам', en: 'Word filter' },
  description: {
    ru: 'Пропускает или отсеивает сообщения по словам; регистр и упоминания @имя не важны',
    en: 'Passes or filters messages by their words; letter case and @mentions do not matter',
  },
  settings,
  ports: ['pass', 'filtered'],
  portLabels: { pass: { ru: 'прошло', en: 'passed' }, filtered: { ru: 'отфильтровано', en: 'filtered' } },
  reasons: {
    found: { ru: 'нашлось слово „{word}“ по правилу {pattern}', en: 'found the word “{word}” by the pattern {pattern}' },
    'not-found': { ru: 'ни одного слова из списка', en: 'none of the listed words' },
    'all-pass': { ru: 'в этом режиме проходят все сообщения', en: 'in this mode every message passes' },
    'no-words': { ru: 'список слов пуст', en: 'the list of words is empty' },
    'no-message': { ru: 'в событии нет сообщения', en: 'the event has no message' },
  },
  expectedPorts: ['pass'],
  summary({ mode, patterns }) {
    const words = patterns.split(/\s+/).filter((word) => word !== '');
    const some = words.slice(0, 6).join(' ') + (words.length > 6 ? ` … ${words.length}` : '');
    if (mode === 'all') return { ru: 'Пропускает всё', en: 'Passes everything' };
    if (words.length === 0) return { ru: 'Слов пока нет, пропускает всё', en: 'No words yet, passes everything' };
    return mode === 'only'
      ? { ru: `Только со словами: ${some}`, en: `Only with: ${some}` }
      : { ru: `Кроме сообщений со словами: ${some}`, en: `All but with: ${some}` };
  },
  check({ mode, patterns }) {
    const findings = checkPatterns(patterns);
    if (mode === 'all' && parsePatterns(patterns).patterns.length > 0) findings.push(neverFilters);
    return findings;
  },
  claims({ mode, patterns }) {
    if (mode === 'all' || parsePatterns(patterns).patterns.length === 0) return (port) => (port === 'pass' ? anything : impossible);
    const [passing, filtered] = [true, false].map((holds) => ofMessage({ kind: 'words', patterns, holds: holds === (mode === 'only') }));
    return (port) => (port === 'pass' ? eitherClaims(passing!, ofNoMessage) : filtered!);
  },
  compile({ mode, patterns }) {
    const words = parsePatterns(patterns).patterns;
    if (mode === 'all') return () => allPass;
    if (words.length === 0) return () => noWords;
    const find = wordMatcher(words);
    const [onFound, onMissed] = mode === 'only' ? (['pass', 'filtered'] as const) : (['filtered', 'pass'] as const);
    const missed: Outcome = { go: onMissed, because: { key: 'not-found' } };
    return ({ event: { message } }) => {
      if (!message) return noMessage;
      const hit = find(message.text ?? '');
      return hit ? { go: onFound, because: { key: 'found', values: { word: hit.word, pattern: hit.pattern } } } : missed;
    };
  },
  examples,
});

const allPass: Outcome = { go: 'pass', because: { key: 'all-pass' } };
const noWords: Outcome = { go: 'pass', because: { key: 'no-words' } };
const noMessage: Outcome = { go: 'pass', because: { key: 'no-message' } };

const neverFilters: Finding = {
  code: 'filter-never-filters',
  severity: 'warning',
  path: 'mode',
  text: {
    ru: 'В этом режиме слова не проверяются: фильтр пропускает всё',
    en: 'In this mode the words are not looked at: the filter passes everything',
  },
  mend: { ru: 'Выберите другой режим или удалите шаг', en: 'Choose another mode or delete the step' },
};
