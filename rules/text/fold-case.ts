/**
 * Text in the one case that comparisons use. Folding is simple and the same everywhere: lower of upper, so that Σ, σ and ς are one,
 * and I, i, İ and ı are one (a Turkish text in capitals must still match). `ß` equals `ẞ`; in whole texts it also equals `ss`,
 * letter by letter (the word filter) it does not. Composed and decomposed spellings (й as one or two characters) are one.
 */
export function foldCase(text: string): string {
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
