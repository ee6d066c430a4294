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
    const found = findCode(line, before, after);
    return found && line.written.slice(found.from, found.to).join('');
  };
}

/** The leftmost place; of the codes there, the longest that what follows allows. */
function findCode({ folded, codes }: Comparable, before: string, after: string): { from: number; to: number } | undefined {
  let runEnd = 0;
  let failedRun = -1;
  for (let at = folded.indexOf(before); at >= 0; at = folded.indexOf(before, at + 1)) {
    const from = at + before.length;
    if (runEnd <= from) {
      runEnd = from;
      while (codes[runEnd]) runEnd++;
    }
    // A later start in a run that fitted nowhere fits nowhere either.
    if (runEnd > from && failedRun !== runEnd) {
      const length = folded.slice(from, runEnd + after.length).lastIndexOf(after, runEnd - from);
      if (length > 0) return { from, to: from + length };
      failedRun = runEnd;
    }
    if (at >= folded.length) break;
  }
  return undefined;
}

/** A text as greetings compare it. */
interface Comparable {
  folded: string;
  /** What was written at each unit of `folded`. */
  written: string[];
  /** Which units may be a part of a code. */
  codes: boolean[];
}

function comparable(text: string): Comparable {
  const [letters, written, codes]: [string[], string[], boolean[]] = [[], [], []];
  let space = false;
  for (const character of text) {
    if (isSpace.test(character)) space = true;
    else if (!isInvisible.test(character)) {
      const isCode = character === placeholder || codeCharacter.test(character);
      if (space && isCode && codes.at(-1)) {
        letters.push(' ');
        written.push(' ');
        codes.push(false);
      }
      space = false;
      const letter = foldLetter(character);
      letters.push(letter);
      written.push(character);
      codes.push(isCode);
      if (letter.length > 1) {
        written.push('');
        codes.push(isCode);
      }
    }
  }
  return { folded: letters.join(''), written, codes };
}

const placeholder = '\u0000';
const codeCharacter = /[\p{L}\p{M}\p{N}_-]/u;
const isSpace = /\s/;
const isInvisible = /\p{Default_Ignorable_Code_Point}/u;
