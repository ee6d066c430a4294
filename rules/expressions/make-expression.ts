import { compileExpression } from './compile-expression.js';
import type { Expression, ExpressionInput, MakeExpression } from './expression.js';
import { isSmall } from './is-light.js';

/** Expressions are evaluated in the caller's thread, one at a time: the browser, the command line. */
export const inThisThread: MakeExpression = (source) => ready(source);

/**
 * Expressions are evaluated elsewhere, so that none can hold the caller's thread. The light ones of a line that look at little stay: for them the way
 * there and back costs more than the work (docs/decisions/0014-expressions-in-threads.md). The result is the same in both places.
 * @param evaluate does so with a source that the rule language accepts, and gives or throws what `Expression` does
 */
export function elsewhere(evaluate: (source: string, input: ExpressionInput) => Promise<unknown>): MakeExpression {
  return (source) => {
    const here = ready(source);
    if (!here.isLight) return { evaluate: (input) => evaluate(source, input) };
    return { evaluate: (input) => (isSmall(input) ? here.evaluate(input) : evaluate(source, input)) };
  };
}

/** Expressions are never answered: for checks, which have no time for them and tell nothing of what an expression decides. */
export const neverAnswered: MakeExpression = () => ({ evaluate: () => new Promise(() => {}) });

function ready(source: string): Expression & { isLight: boolean } {
  const expression = compileExpression(source);
  if ('problems' in expression) throw new Error(`The expression «${source}» was not checked`);
  return expression;
}
