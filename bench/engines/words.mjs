// The word filter alone, on texts without a hit, so that every matcher reads them to the end. Given: how many patterns.
import { parsePatterns } from '../../dist/rules/text/patterns.js';
import { wordMatcher } from '../../dist/rules/text/words.js';
import { handWrittenWords } from '../closures.mjs';
import { makeLongText, makePatterns, makeText, seeded } from '../corpus.mjs';

/** Texts of either length, and short ones of which about half hold a pattern: on those all must agree. */
function makeTexts(patterns) {
  const random = seeded(13);
  const many = (count, make) => Array.from({ length: count }, make);
  return JSON.parse(
    JSON.stringify({
      100: many(500, () => makeLongText(random, 100)),
      2000: many(100, () => makeLongText(random, 2000)),
      mixed: many(60, () => makeText(random, 12, random() < 0.5 ? patterns[Math.floor(random() * patterns.length)] : undefined)),
    }),
  );
}

const matcher =
  (build) =>
  ({ count }) => {
    const patterns = makePatterns(count);
    const sets = makeTexts(patterns);
    const before = process.cpuUsage();
    const matches = build(patterns);
    // Some do their work at the first text.
    matches(sets.mixed[0]);
    const { user, system } = process.cpuUsage(before);
    return { sets, decide: matches, tell: Boolean, built: user + system };
  };

export const contenders = {
  'one table by hand': matcher((patterns) => {
    const find = handWrittenWords(patterns);
    return (text) => find(text) >= 0;
  }),
  ours: matcher((patterns) => wordMatcher(parsePatterns(patterns.join(' ')).patterns)),
  'sets of words and stems': matcher(buildSets),
  'RegExp, one alternation': matcher((patterns) => {
    const expression = new RegExp(patterns.map(toSource).join('|'), 'iu');
    return (text) => expression.test(text);
  }),
  'RegExp for each pattern': matcher((patterns) => {
    const expressions = patterns.map((pattern) => new RegExp(toSource(pattern), 'iu'));
    return (text) => expressions.some((expression) => expression.test(text));
  }),
  'word by word, pattern by pattern': matcher((patterns) => {
    const tests = patterns.map((pattern) => {
      const { stem, from, to } = parse(pattern);
      if (from && to) return (word) => word === stem;
      return from ? (word) => word.startsWith(stem) : to ? (word) => word.endsWith(stem) : (word) => word.includes(stem);
    });
    return (text) => wordsOf(text).some((word) => tests.some((test) => test(word)));
  }),
};

/** `from` and `to`: the pattern begins, or ends, where a word does. */
function parse(pattern) {
  return { stem: pattern.replaceAll('*', ''), from: !pattern.startsWith('*'), to: !pattern.endsWith('*') };
}

function toSource(pattern) {
  const { stem, from, to } = parse(pattern);
  return `${from ? '(?<![\\p{L}\\p{N}])' : ''}${stem}${to ? '(?![\\p{L}\\p{N}])' : ''}`;
}

function wordsOf(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A look-up of each word, and of each of its beginnings, ends and parts that is as long as some stem. */
function buildSets(patterns) {
  const kinds = { whole: new Set(), start: new Set(), end: new Set(), part: new Set() };
  for (const pattern of patterns) {
    const { stem, from, to } = parse(pattern);
    kinds[from ? (to ? 'whole' : 'start') : to ? 'end' : 'part'].add(stem);
  }
  const lengths = (stems) => [...new Set([...stems].map(({ length }) => length))].sort((a, b) => a - b);
  const [starts, ends, parts] = [lengths(kinds.start), lengths(kinds.end), lengths(kinds.part)];
  const matches = (word) => {
    if (kinds.whole.has(word)) return true;
    for (const length of starts) if (length <= word.length && kinds.start.has(word.slice(0, length))) return true;
    for (const length of ends) if (length <= word.length && kinds.end.has(word.slice(word.length - length))) return true;
    for (const length of parts) {
      for (let at = 0; at + length <= word.length; at++) if (kinds.part.has(word.slice(at, at + length))) return true;
    }
    return false;
  };
  return (text) => wordsOf(text).some(matches);
}
