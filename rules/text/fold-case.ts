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

/**
 * Whether a text of `length` UTF-16 units may fold to one of `folded`. Most comparisons are of a whole message with a word or two, and
 * need no folding to differ. Composing makes one unit of four at most (a Greek letter with three marks), and so does all of folding.
 */
export function mayFoldTo(length: number, folded: number): boolean {
  return length <= 4 * folded;
}

const needsMore = /ς|i\u0307/;

/**
 * Whether a text is of ASCII, Cyrillic, emoji and usual punctuation alone: such a character has one upper and one lower case, or none, and
 * no composed form, so its lower case is all, and where no letter is upper case the text is folded already.
 */
function plainnessOf(text: string): 'lower' | 'mixed' | 'other' {
  let plainness: 'lower' | 'mixed' = 'lower';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      if (unit >= 0x41 && unit <= 0x5a) plainness = 'mixed';
    } else if (unit >= 0x400 && unit <= 0x45f) {
      if (unit < 0x430) plainness = 'mixed';
    } else if (!isCaseless(unit)) {
      return 'other';
    }
  }
  return plainness;
}

/**
 * Signs that folding never changes, whatever stands beside them: dashes, quotes, the degree, rouble and number signs, the
 * pictographs of the basic plane with their joiner, selectors and keycap, and pairs that begin with D83C to D83E (emoji). The other half
 * of a pair is not asked: where the first is none of these the text is other already.
 */
function isCaseless(unit: number): boolean {
  return (
    (unit >= 0x2010 && unit <= 0x2026) ||
    (unit >= 0xd83c && unit <= 0xd83e) ||
    (unit >= 0xdc00 && unit <= 0xdfff) ||
    unit === 0x200d ||
    (unit >= 0xfe0e && unit <= 0xfe0f) ||
    (unit >= 0x2600 && unit <= 0x27bf) ||
    unit === 0xa0 ||
    unit === 0xab ||
    unit === 0xbb ||
    unit === 0xb0 ||
    unit === 0x20bd ||
    unit === 0x20e3 ||
    unit === 0x2116
  );
}
