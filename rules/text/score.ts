import type { ScoreBucket, ScoreScale } from '../effect.js';
import { normalizeText } from './normalize.js';

/** The lowest and the highest score of each scale. */
const ends: Record<ScoreScale, readonly [number, number]> = { '0-10': [0, 10], '1-5': [1, 5], '0-1': [0, 1] };

/**
 * The score that a client's answer gives: the one whole number of the scale in the text, written in digits («ставлю 9!», 5️⃣, 🔟,
 * «7 из 10», «7/10»), the Russian number word alone («десять»), and on 0-1 also 👍 and 👎.
 * Whatever leaves a doubt is undefined, for asking again costs less than a wrong score: two different numbers, a negative or
 * fractional one, one outside the scale.
 */
export function parseScore(text: string, scale: ScoreScale): number | undefined {
  const [lowest, highest] = ends[scale];
  const plain = toPlain(text);
  const word = words.get(bareWord(plain));
  const scores = word === undefined ? numbersOf(plain, highest) : [word];
  if (scale === '0-1') scores.push(...thumbsOf(text));
  const [score] = scores;
  if (score === undefined || !(score >= lowest && score <= highest)) return undefined;
  return scores.every((other) => other === score) ? score : undefined;
}

/** What a score on its scale means; 0-10 is the Net Promoter Score. */
export function bucketOf(score: number, scale: ScoreScale): ScoreBucket {
  const [passive, promoter] = bounds[scale];
  return score >= promoter ? 'promoter' : score >= passive ? 'passive' : 'detractor';
}

/** From where on a score is passive, and from where on it promotes. On 0-1 nothing is in between. */
const bounds: Record<ScoreScale, readonly [number, number]> = { '0-10': [7, 9], '1-5': [3, 4], '0-1': [1, 1] };

const words: ReadonlyMap<string, number> = new Map([
  ...['ноль', 'один', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять', 'десять'].map(
    (word, value): [string, number] => [word, value],
  ),
  ['нуль', 0],
]);

/** Digits of any width, keycaps and circles become plain digits; a heart, an address and a mention hold no number. */
function toPlain(text: string): string {
  // A keycap says where its digit ends, but «1️⃣0️⃣» is how a ten is typed, so the frame goes without a trace.
  // «№» would become the letters of «No».
  return normalizeText(text.replaceAll('🔟', ' 10 ').replaceAll('\u20e3', '').replaceAll('№', ' '))
    .toLowerCase()
    .replace(/<3+/g, ' ')
    .replace(/(?:https?:\/\/|www\.)\S+|@[\p{L}\p{N}_.]+/gu, ' ');
}

/** The text without what stands around its word: marks, emoji, white space. */
function bareWord(plain: string): string {
  return plain.replace(/^[^\p{L}\p{N}\-−]+|[^\p{L}\p{N}]+$/gu, '');
}

/**
 * The numbers of a text; NaN for one that is no score. «7 из 10» is 7 where 10 is the top of the scale, and no score elsewhere.
 */
function numbersOf(plain: string, highest: number): number[] {
  const numbers: number[] = [];
  for (const { groups } of plain.matchAll(numeral)) {
    const { before = '', digits = '', after = '', top } = groups!;
    // i7, mp3, 4k, 0_0 are words with digits. Russian letters close to a digit are a missing space («на5», «5баллов»), save that
    // «5-й» and «1го» say which one in a row and not how many.
    if (/[a-z_]$/.test(before) || /^[a-z_]/.test(after) || /^-?(?:й|я|е|го|му|ый|ой|ая|ое)(?!\p{L})/u.test(after)) continue;
    numbers.push(isScore(before, after, top, highest) ? Number(digits) : NaN);
  }
  return numbers;
}

function isScore(before: string, after: string, top: string | undefined, highest: number): boolean {
  // A minus touches its number and nothing before it; «оценка - 9», «оценка-9» and «5-» (a school mark) have dashes.
  if (/(?:^|[^\p{L}\p{N}])[-−–‐‑]$|−\s*$|(?<!\p{L})минус\s*$/u.test(before)) return false;
  // 0.5 written as «.5».
  if (/(?:^|\s)[.,]$/.test(before)) return false;
  // 9,5 and 9.5; also 1.000, 10:30, 2+2, 10*10: something is counted, but no score.
  if (/^[.,:+*×=^]\p{N}/u.test(after) || /\p{N}[.,:+*×=^]$/u.test(before)) return false;
  // A share and a price are no scores: 10 %, $5, 5 ₽.
  if (/^\s?[%‰\p{Sc}]/u.test(after) || /\p{Sc}\s?$/u.test(before)) return false;
  if (top !== undefined) return (topWords.get(top) ?? Number(top)) === highest;
  // «5/» of a date or of a top that is no number.
  return !/^\s*[/\\|⁄]\s*\p{N}/u.test(after) && !/\p{N}\s*[/\\|⁄]\s*$/u.test(before);
}

const topWords: ReadonlyMap<string, number> = new Map([
  ['одного', 1],
  ['пяти', 5],
  ['десяти', 10],
]);

/** A run of digits with what surrounds it, and the top of «N из M» and «N/M», which must not go on as a date or a fraction does. */
const numeral =
  /(?<=(?<before>.{0,8}))(?<!\p{N})(?<digits>[0-9]+)(?:\s*(?:(?:балл|очк|зв[её]зд)\p{L}*\s*)?(?:из|out of|of|[/\\|⁄])\s*(?<top>[0-9]+|одного|пяти|десяти)(?![\p{L}\p{N}]|\s*[/\\|⁄.,:]\s*\p{N}))?(?=(?<after>.{0,8}))/gsu;

/** The thumbs of a text as scores of 0-1, whatever the colour of the skin. */
function thumbsOf(text: string): number[] {
  return [...text.matchAll(/👍|👎/gu)].map(([thumb]) => (thumb === '👍' ? 1 : 0));
}
