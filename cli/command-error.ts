import type { Bilingual } from '../rules/index.js';

/** The input of a command cannot be used: told on standard error, exit code 2. Names the file, and the line where there is one. */
export class CommandError extends Error {
  readonly text: Bilingual;
  /** Whether it is only that a file is not there. */
  readonly isMissingFile: boolean;

  constructor(text: Bilingual, isMissingFile = false) {
    super(text.en);
    this.text = text;
    this.isMissingFile = isMissingFile;
  }
}
