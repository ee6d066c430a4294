import type { ExpressionInput } from '../../rules/index.js';

/** What a thread of expressions is asked. */
export interface Question {
  source: string;
  input: ExpressionInput;
}

/** What it answers: what the expression gives, why it fails, or that its own clock stopped it. */
export type Answer = { value: unknown } | { failed: string } | { outOfTime: string };
