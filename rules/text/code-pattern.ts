import { foldLetter } from './fold-case.js';

/** Where the code stands in a greeting. */
export const codePlace = '{code}';

/** Whether a greeting has exactly one place for its code. */
export function isCodePattern(pattern: string): boolean {
  return pattern.split(codePlace).length === 2;
}

/**
 * Compiles a greeting such as `Здравствуйте! Мой код {code}.` to a function that finds it anywhere in a text and gives the code,
 * a run of letters, digits, `-` and `_` as the client wrote it; undefined where there is none. Letter case does not matter, nor
 * how much white space there is, nor whether there is any beside a mark: `код:{code}` is `Код : {code}`. Linear in the text.
 * @throws Error when there is not exactly one `{code}`
 */
export function codeFinder(pattern: string): (text: string) => string | undefined {
  if (!isCodePattern(pattern)) throw new Error('A code pattern has exactly one {code}');
  // The place takes part as a letter, so that white space beside it is judged as beside a word. No text keeps this character.
  const { folded } = comparable(pattern.normalize('NFC').replace(codePlace, placeholder));
  const at = folded.indexOf(placeholder);
  const before = folded.slice(0, at);
  const after = folded.slice(at + 1);
  return (text) => {
    const line = comparable(text.normalize('NFC').replaceAll(placeholder, ' '));
    const found = findCode(line.folded, before, after);
    return found && line.written.slice(found.from, found.to).join('');
  };
}

/** The leftmost place; of the codes there, the longest that what follows allows. */
function findCode(folded: string, before: string, after: string): { from: number; to: number } | undefined {
  let runEnd = 0;
  let failedRun = -1;
  for (let at = folded.indexOf(before); at >= 0; at = folded.indexOf(before, at + 1)) {
    const from = at + before.length;
    if (runEnd <= from) {
      runEnd = from;
      while (runEnd < folded.length && isCode(folded[runEnd]!)) runEnd++;
    }
    // A later start in a run that fitted nowhere fits nowhere either.
    if (runEnd > from && failedRun !== runEnd) {
      const to = after === '' ? runEnd : folded.lastIndexOf(after, runEnd);
      if (to > from) return { from, to };
      failedRun = runEnd;
    }
    if (at >= folded.length) break;
  }
  return undefined;
}

/** A text as greetings compare it, with what was written at each of its units. */
function comparable(text: string): { folded: string; written: string[] } {
  const written: string[] = [];
  let folded = '';
  let space = false;
  for (const character of text) {
    if (isInvisible.test(character)) continue;
    if (isSpace.test(character)) {
      space = true;
      continue;
    }
    if (space && folded !== '' && isCode(character) && isCode(folded.at(-1)!)) {
      folded += ' ';
      written.push(' ');
    }
    space = false;
    const letter = foldLetter(character);
    folded += letter;
    written.push(character, ...Array<string>(letter.length - 1).fill(''));
  }
  return { folded, written };
}

function isCode(character: string): boolean {
  return character === placeholder || codeCharacter.test(character);
}

const placeholder = '\u0000';
const codeCharacter = /[\p{L}\p{M}\p{N}_-]/u;
const isSpace = /\s/;
const isInvisible = /\p{Default_Ignorable_Code_Point}/u;
