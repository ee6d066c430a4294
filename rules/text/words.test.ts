import * as fc from 'fast-check';
import { foldLetter } from './fold-case.js';
import { normalizeText, withoutMentions } from './normalize.js';
import { unmask } from './unmask.js';
import { parsePatterns } from './patterns.js';
import { shadowedPatterns, wordMatcher } from './words.js';

const find = (patterns: string, text: string) => wordMatcher(parsePatterns(patterns).patterns)(text);
const finds = (patterns: string, text: string) => find(patterns, text) !== undefined;

describe('word patterns', () => {
  it.each([
    ['заказ', 'мой заказ готов', true],
    ['заказ', 'хочу заказать', false],
    // A twin of the pattern's letter, and the letter itself where any word may stand.
    ['е.*', 'é.ё', false],
    ['е.*', 'ё.é', true],
    ['заказ', 'предзаказ', false],
    ['цен*', 'цен', true],
    ['цен*', 'какая цену', true],
    ['цен*', 'уценка', false],
    ['*куплю', 'закуплю', true],
    ['*куплю', 'куплююю', false],
    ['*красн*', 'прекрасный', true],
    ['*куп*', 'КУПЛЮ', true],
    ['*куп*', 'Я на счёт покупки', true],
    ['зак* привет', 'приветик', false],
    ['зак* привет', 'Привет!', true],
    ['актуальн*', 'актуально?', true],
    ['i2crm', '@i2crm спасибо', false],
    ['i2crm', 'пишите на info@i2crm', true],
    ['b', 'a@b.ru', true],
    ['ru', '@shop.ru', false],
    ['shop', '@shop_ru.office!', false],
    ['t.me*', 'жми t.me/spam', true],
    ['t.me*', 't. me', false],
    ['t.me*', 'at.me', false],
    ['t.me*', 'T.Mega', true],
    ['e-mail', 'мой e–mail: x', true],
    ['e-mail', 'e mail', false],
    ['e-mail', 'email', false],
    ['e-mail', '«e-mail»', true],
    ['*.ru', 'site.ru', true],
    ['*.ru', 'guru', false],
    ['t.me/*', 'смотри t.me/abc', true],
    ['t.me/*', 'смотри t.me/', false],
    ['«реклама»,', 'реклама', true],
    ['еще', 'ЕЩЁ', true],
    ['ещё', 'ещe\u0308'.replace('e', 'е'), true],
    ['замок', 'за\u0301мок', true],
    ['замок', 'за\u00adмок', true],
    ['замок', 'за\u200bмок', true],
    ['ии', 'йи', false],
    ['и*', 'и\u0306од', false],
    ['и*', 'и\u200d\u0306од', false],
    ['й*', 'и\u0306од', true],
    ['cafe', 'café', false],
    ['заказ', 'ＺＡ заказ', true],
    ['zakaz', 'ｚａｋａｚ', true],
    ['istanbul', 'İSTANBUL', true],
    ['istanbul', 'i\u0307stanbul', true],
    ['ΟΔΟΣ', 'οδος', true],
    ['straße', 'STRAẞE', true],
    ['हिन्दी', 'मैं हिन्दी बोलता', true],
    ['हि', 'हिन्दी', false],
    ['𐐨𐐩', 'x 𐐀𐐁 y', true],
    ['привет', '😀привет😀', true],
    ['купи-сейчас', 'купи😀сейчас', true],
    ['no5', '№5', true],
  ])('%s on «%s»: %s', (patterns, text, expected) => {
    expect(finds(patterns, text)).toBe(expected);
  });

  it('names the pattern as written and the word of the text as spelt', () => {
    expect(find('цена, *КРЕДИТ*', 'Возьмите Микрокредиты!')).toEqual({ pattern: '*КРЕДИТ*', word: 'Микрокредиты' });
    expect(find('t.me*', 'жми t.me/spam.')).toEqual({ pattern: 't.me*', word: 't.me' });
    expect(find('*.ru', 'Мой сайт site.ru, вот')).toEqual({ pattern: '*.ru', word: 'site.ru' });
    expect(find('замок', 'За\u0301мок')).toEqual({ pattern: 'замок', word: 'Замок' });
    expect(find('цен*', 'за\u00adбудь: ЦЕ\u00adНА@x')).toEqual({ pattern: 'цен*', word: 'ЦЕНА' });
  });

  it('takes the match that ends first, and of equals the first as written', () => {
    expect(find('дорого *ого', 'дорого')?.pattern).toBe('дорого');
    expect(find('цена цен*', 'цена')?.pattern).toBe('цен*');
  });

  it('names patterns that cannot be read', () => {
    expect(parsePatterns('* ** за*каз !!! цен* t*.me').problems).toEqual([
      { source: '*', problem: 'star-alone' },
      { source: '**', problem: 'star-alone' },
      { source: 'за*каз', problem: 'star-inside' },
      { source: '!!!', problem: 'no-words' },
      { source: 't*.me', problem: 'star-inside' },
    ]);
  });

  it('names patterns that another makes needless', () => {
    expect(shadowedPatterns(parsePatterns('цена цен* *куп* покупка цен* e-mail e').patterns)).toEqual([
      { pattern: 'цена', by: 'цен*' },
      { pattern: 'покупка', by: '*куп*' },
      { pattern: 'цен*', by: 'цен*' },
      { pattern: 'e-mail', by: 'e' },
    ]);
  });

  it('agrees with a slow and obvious matcher', () => {
    const letters = fc.constantFrom('а', 'б', 'е', 'ё', 'и', 'й', 'А', 'e', 'é', '1', '𐐀', '𐐨', '가');
    const noise = fc.constantFrom(
      ' ',
      '\n',
      '.',
      '-',
      '_',
      '@',
      '😀',
      '\u0301',
      '\u0306',
      '\u0308',
      '\u200d',
      '\ufe0f',
      '\u00ad',
      '№',
      '…',
      '\ud800',
    );
    const text = fc.array(fc.oneof({ weight: 3, arbitrary: letters }, noise), { maxLength: 14 }).map((parts) => parts.join(''));
    const core = fc.array(fc.oneof({ weight: 5, arbitrary: letters }, fc.constantFrom('.', '-')), { minLength: 1, maxLength: 4 });
    const pattern = fc
      .tuple(fc.constantFrom('', '*'), core, fc.constantFrom('', '*'))
      .map(([before, parts, after]) => before + parts.join('') + after);
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 6 }), text, (patterns, text) => {
        const readable = parsePatterns(patterns.join(' ')).patterns.map((found) => found.source);
        const plain = withoutMentions(normalizeText(text));
        const exact = slowFind(readable, plain);
        const found = find(patterns.join(' '), text)?.pattern;
        // Where nothing is found letter by letter, a hidden word may be.
        const hidden = unmask(plain).map((reading) => slowFind(readable, reading.text));
        if (exact !== undefined || found !== hidden.find((one) => one !== undefined)) expect(found).toEqual(exact);
      }),
      { numRuns: 4_000 },
    );
  });

  it('agrees with the slow matcher where an alphabet is too large for a column a letter', () => {
    const han = Array.from({ length: 9000 }, (_, place) => String.fromCharCode(0x4e00 + place));
    const patterns = han.map((letter, place) => letter + han[(place * 7 + 1) % han.length] + (place % 2 ? '*' : ''));
    const match = wordMatcher(parsePatterns(patterns.join(' ')).patterns);
    for (const [text, pattern] of [
      [`${han[5]}${han[36]}`, patterns[5]],
      [`${han[5]}${han[36]}${han[1]} ok`, patterns[5]],
      [`${han[4]}${han[29]}${han[1]}`, undefined],
      [`${han[36]}${han[5]}`, undefined],
    ] as const) {
      expect(match(text)?.pattern).toBe(pattern);
    }
  });

  it('reads 64 KB of marks and mentions without slowing down', () => {
    const match = wordMatcher(parsePatterns('спам* *кредит*').patterns);
    for (const unit of ['а\u0301', '@a.', 'и\u0306', '@', 'a@', '\u200d', '. ']) {
      expect(match(unit.repeat(32_768))).toBeUndefined();
    }
  });
});

/** Every pattern on every word of a normalised text without mentions: the earliest end, then the order as written. */
function slowFind(patterns: string[], plain: string): string | undefined {
  const words = [...plain.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    at: match.index,
    letters: fold(match[0]),
    length: match[0].length,
  }));
  let best: { pattern: string; end: number } | undefined;
  for (const pattern of patterns) {
    const core = normalizeText(pattern).replace(/^[^\p{L}\p{M}\p{N}*]+|[^\p{L}\p{M}\p{N}*]+$/gu, '');
    const parts = [...core.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => fold(match[0]));
    const opens = /^\*[\p{L}\p{M}\p{N}]/u.test(core);
    const closes = /[\p{L}\p{M}\p{N}]\*$/u.test(core);
    const anyBefore = /^\*[^\p{L}\p{M}\p{N}]/u.test(core);
    const anyAfter = /[^\p{L}\p{M}\p{N}]\*$/u.test(core);
    if (anyBefore) parts.unshift([]);
    if (anyAfter) parts.push([]);
    for (let first = 0; first + parts.length <= words.length; first++) {
      const run = words.slice(first, first + parts.length);
      const isApart = (word: { at: number }, before = { at: 0, length: 0 }) => /\s/u.test(plain.slice(before.at + before.length, word.at));
      if (run.some((word, place) => place > 0 && isApart(word, run[place - 1]))) continue;
      const fits = parts.every((part, place) => {
        const word = run[place]?.letters ?? [];
        if ((place === 0 && anyBefore) || (place === parts.length - 1 && anyAfter)) return true;
        const from = place === 0 && opens;
        const to = place === parts.length - 1 && closes;
        return starts(word, part, from, to) >= 0;
      });
      if (!fits) continue;
      const last = run.at(-1)!;
      const part = parts.at(-1)!;
      const from = parts.length === 1 && opens;
      // An open end is reached with the part's last letter, a closed one with the separator after the word.
      const letters = anyAfter ? -0.5 : closes ? starts(last.letters, part, from, true) + part.length - 1 : last.letters.length - 0.5;
      const end = (first + parts.length) * 1000 + letters;
      if (!best || end < best.end) best = { pattern, end };
    }
  }
  return best?.pattern;
}

function fold(word: string): string[] {
  return Array.from(word)
    .map((letter) => foldLetter(letter))
    .map((letter) => (letter === 'ё' ? 'е' : letter));
}

/** Where the part stands in the word: open at the front, open at the back; -1 for nowhere. */
function starts(word: string[], part: string[], openFront: boolean, openBack: boolean): number {
  for (let at = 0; at + part.length <= word.length; at++) {
    if (!openFront && at > 0) break;
    if (!openBack && at + part.length !== word.length) continue;
    if (part.every((letter, place) => letter === word[at + place])) return at;
  }
  return -1;
}
