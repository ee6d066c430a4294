import type { Bilingual } from '../bilingual.js';

/** Why an expression is none. `position` is where: the number of characters up to the end of the part meant, 0 for the whole. */
export interface ExpressionProblem {
  position: number;
  text: Bilingual;
}
