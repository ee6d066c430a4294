import type { Moment } from '../node-type.js';

/** What an expression sees: the event as conditions see it, the run's variables, and the event's clock in ms since 1970. */
export type ExpressionInput = Pick<Moment, 'event' | 'now' | 'variables'>;

/** An expression made ready. */
export interface Expression {
  /**
   * What the expression gives: plain JSON, or undefined for nothing.
   * @throws OutOfTime when the wall clock stopped it, which says nothing of the event; Error with a short text when it fails
   */
  evaluate(input: ExpressionInput): Promise<unknown>;
}

/**
 * Makes an expression that the format accepted ready. Whoever embeds the engine chooses by it where expressions are evaluated.
 * @throws Error for a source that the format refuses
 */
export type MakeExpression = (source: string) => Expression;
