import type { MaybePromise } from '../later.js';
import type { Decision } from '../trace.js';

/** A decision that is there already; undefined where an expression has been asked: what it says is known only later, and nothing is told of it. */
export function atOnce(decision: MaybePromise<Decision>): Decision | undefined {
  if (!(decision instanceof Promise)) return decision;
  decision.catch(() => {});
  return undefined;
}
