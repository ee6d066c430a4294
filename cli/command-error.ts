import type { Bilingual } from '../rules/index.js';

/** The input of a command cannot be used: told on standard error, exit code 2. Names the file, and the line where there is one. */
export class CommandError extends Error {
  readonly text: Bilingual;

  constructor(text: Bilingual) {
    super(text.en);
    this.text = text;
  }
}
