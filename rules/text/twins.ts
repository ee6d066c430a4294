/** Letters that look alike in two scripts: each Latin or Greek one with its Cyrillic twin, case by case where the cases differ. */
const pairs =
  'aа bв cс eе hн kк mм oо pр tт xх yу rг nп uи iі sѕ jј AА BВ CС EЕ HН KК MМ OО PР TТ XХ YУ IІ SЅ JЈ ' +
  'αа βв εе κк μм νв οо πп ρр τт υу φф χх γг λл ιі ΑА ΒВ ΕЕ ΗН ΚК ΜМ ΟО ΠП ΡР ΤТ ΥУ ΦФ ΧХ ΓГ ΛЛ ΙІ ' +
  'ɑа ɡд ıі ᴀа ʙв ᴄс ᴇе ʜн ᴋк ᴍм ᴏо ᴘр ᴛт ᴙя';

/** Latin twins of Cyrillic letters that have none above, and of Greek ones. */
const latinPairs = 'ԁd һh ԛq ԝw ӏl αa βb εe κk νv οo ρp τt υu χx ιi ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX';

const toCyrillic = new Map(pairs.split(' ').map(([other = '', cyrillic = '']) => [other, cyrillic]));
const toLatin = new Map([
  ...pairs
    .split(' ')
    .filter((pair) => /^[a-z]/i.test(pair))
    .map(([latin = '', cyrillic = '']): [string, string] => [cyrillic, latin]),
  ...latinPairs.split(' ').map(([other = '', latin = '']): [string, string] => [other, latin]),
]);

/**
 * What a folded letter looks like: the same for twins, and for a letter with marks as for the letter without, й, ў and ї aside.
 * @param letter a code point
 */
export function lookOf(letter: number): number {
  const text = String.fromCodePoint(letter);
  const base = ownLetters.has(text) ? text : text.normalize('NFD').slice(0, text.length);
  const look = toCyrillic.get(base) ?? toCyrillic.get(toLatin.get(base) ?? '') ?? base;
  return look.codePointAt(0)!;
}

const ownLetters = new Set(['й', 'ў', 'ї']);

/**
 * A word of two scripts in one of them, by its look; `prefer` is tried first. The word as it is where neither has twins for all
 * of its letters (`iPhoneом`), or where it has one script only.
 */
export function toOneScript(word: string, prefer: 'cyrillic' | 'latin'): string {
  if (!cyrillicLetter.test(word) || !otherLetter.test(word)) return word;
  const cyrillic = word.replace(otherLetters, (letter) => toCyrillic.get(letter) ?? letter);
  const latin = word.replace(notLatin, (letter) => toLatin.get(letter) ?? letter);
  const whole = [
    ...(otherLetter.test(cyrillic) ? [] : [cyrillic]),
    ...(cyrillicLetter.test(latin) || greekLetter.test(latin) ? [] : [latin]),
  ];
  return (prefer === 'cyrillic' ? whole[0] : whole.at(-1)) ?? word;
}

const cyrillicLetter = /\p{Script=Cyrillic}/u;
const greekLetter = /\p{Script=Greek}/u;
const otherLetter = /[\p{Script=Latin}\p{Script=Greek}]/u;
const otherLetters = /[\p{Script=Latin}\p{Script=Greek}]/gu;
const notLatin = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu;
