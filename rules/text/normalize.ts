/**
 * Text as the word filter compares it, letter case and ё aside: NFKC, without invisible characters (zero-width, soft hyphens,
 * variation selectors) and without stress marks. A stress mark is U+0300 or U+0301 after a Cyrillic letter, written apart or
 * composed: ѐ becomes е and ѝ и, while й (another mark) and é (another script) stay.
 */
export function normalizeText(text: string): string {
  const visible = hasInvisible.test(text) ? text.replace(invisible, '') : text;
  // Decomposed first: a mark that stands between a letter and its stress mark must not hide it, nor a removed one keep й in two parts.
  const decomposed = visible.normalize('NFKD').replace(marked, withoutStress).replace(dottedI, '$1');
  const composed = decomposed.normalize('NFC');
  return hasInvisible.test(composed) ? composed.replace(invisible, '') : composed;
}

/** Normalised text with each mention (`@i2crm`: letters, digits, `_`, inner dots) replaced by a space; an address (a@b.ru) stays. */
export function withoutMentions(normalized: string): string {
  return normalized.includes('@') ? normalized.replace(mention, ' ') : normalized;
}

const hasInvisible = /\p{Default_Ignorable_Code_Point}/u;
const invisible = /\p{Default_Ignorable_Code_Point}+/gu;
const marked = /\p{Script=Cyrillic}\p{M}+/gu;
const withoutStress = (letter: string) => letter.replace(/[\u0300\u0301]/g, '');
// `İ`.toLowerCase() leaves a dot above an i; case never matters, so both are i.
const dottedI = /([iıI])\u0307/g;
const mention = /(?<![\p{L}\p{M}\p{N}_])@[\p{L}\p{M}\p{N}_]+(?:\.[\p{L}\p{M}\p{N}_]+)*/gu;
