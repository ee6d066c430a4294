/**
 * Text in the one case that comparisons use. Folding is simple and the same everywhere: lower of upper, so that Σ, σ and ς are one,
 * and I, i, İ and ı are one (a Turkish text in capitals must still match). `ß` equals `ẞ`; in whole texts it also equals `ss`,
 * letter by letter (the word filter) it does not. Composed and decomposed spellings (й as one or two characters) are one.
 */
export function foldCase(text: string): string {
  const plainness = plainnessOf(text);
  if (plainness !== 'other') return plainness === 'lower' ? text : text.toLowerCase();
  const lower = text.normalize('NFC').toUpperCase().toLowerCase();
  return needsMore.test(lower) ? lower.replaceAll('ς', 'σ').replaceAll('i\u0307', 'i') : lower;
}

/** One letter in the comparing case, by the same rule; what would become two characters keeps its own lower case. */
export function foldLetter(letter: string): string {
  if (letter === 'İ') return 'i';
  const folded = letter.toUpperCase().toLowerCase();
  if (folded.length === letter.length) return folded;
  const lower = letter.toLowerCase();
  return lower.length === letter.length ? lower : letter;
}

const needsMore = /ς|i\u0307/;

/**
 * Whether a text is of ASCII, Cyrillic and usual punctuation alone: such a letter has one upper and one lower case and no composed
 * form, so its lower case is all, and where no letter is upper case the text is folded already.
 */
function plainnessOf(text: string): 'lower' | 'mixed' | 'other' {
  let plainness: 'lower' | 'mixed' = 'lower';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      if (unit >= 0x41 && unit <= 0x5a) plainness = 'mixed';
    } else if (unit >= 0x400 && unit <= 0x45f) {
      if (unit < 0x430) plainness = 'mixed';
    } else if (!(unit >= 0x2010 && unit <= 0x2026) && unit !== 0xa0 && unit !== 0xab && unit !== 0xbb) {
      return 'other';
    }
  }
  return plainness;
}
