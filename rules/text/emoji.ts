/**
 * Whether a text is nothing but emoji: emoji of the recommended set or pictographs, with or without a variation selector, joined
 * or with a skin tone. White space is ignored; bare digits, `#` and `*` are no emoji; a text without any emoji is not one.
 */
export function isOnlyEmoji(text: string): boolean {
  let at = 0;
  let found = false;
  while (at < text.length) {
    const length = match(space, text, at);
    if (length > 0) {
      at += length;
      continue;
    }
    if (isUsualLetter(text.charCodeAt(at))) return false;
    const emoji = match(joined, text, at) || match(flag, text, at) || match(keycap, text, at);
    if (emoji === 0) return false;
    found = true;
    at += emoji;
  }
  return found;
}

/** A letter of ASCII or Cyrillic, with which most messages begin, and no emoji does. */
function isUsualLetter(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x7a) || (unit >= 0x400 && unit <= 0x4ff);
}

/** The length of what the sticky expression matches at this place, 0 for nothing. Each step is greedy, so the whole stays linear. */
function match(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex - at : 0;
}

const space = /\s+/y;
const pictograph = '(?:\\p{Extended_Pictographic}|\\p{Emoji_Modifier})[\\uFE0E\\uFE0F]?\\p{Emoji_Modifier}?';
// The tags are those of 🏴󠁧󠁢󠁥󠁮󠁧󠁿; the joiner makes families and professions out of several pictographs.
const joined = new RegExp(`${pictograph}[\\u{E0020}-\\u{E007F}]*(?:\\u200D${pictograph})*`, 'uy');
// Built from a text, because the flag `v` is newer than the language level of this folder.
const flag = new RegExp('\\p{RGI_Emoji_Flag_Sequence}', 'vy');
const keycap = /[0-9#*]\uFE0F?\u20E3/y;
