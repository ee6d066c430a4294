import type { MaybePromise } from '../later.js';
import type { CompileContext, Moment, Outcome } from '../node-type.js';
import { inThisThread } from './make-expression.js';

/**
 * A node that asks an expression and decides by what it gives.
 * @param source a JSONata text that the settings' schema accepted
 * @throws Error for any other text
 */
export function askExpression(
  source: string,
  { expressions = inThisThread }: CompileContext,
  decide: (value: unknown) => Outcome,
): (moment: Moment) => MaybePromise<Outcome> {
  const expression = expressions(source);
  return (moment) => (moment.expressionsStopped ? stopped : expression.evaluate(moment).then(decide));
}

const stopped: Outcome = {
  fail: 'Expressions are stopped for a while: too many of them took too long',
  because: { key: 'expressions-stopped' },
};
