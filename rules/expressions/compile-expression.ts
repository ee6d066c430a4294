import jsonata from 'jsonata';
import { chatType, messageKind, messageOrigin, surfaceOf } from '../conditions/event-field.js';
import type { Moment } from '../node-type.js';
import { findRefused } from './allowed-parts.js';
import { boundedFunctions } from './bounded-functions.js';
import { Budget } from './budget.js';
import type { ExpressionProblem } from './expression-problem.js';
import { OutOfTime } from './out-of-time.js';
import { byteLength, copyData, toResult } from './plain-data.js';

/** What an expression sees: the event as conditions see it, the run's variables, and the event's clock in ms since 1970. */
export type ExpressionInput = Pick<Moment, 'event' | 'now' | 'variables'>;

export interface Expression {
  /**
   * What the expression gives: plain JSON, or undefined for nothing.
   * @throws OutOfTime when the wall clock stopped it, which says nothing of the event; Error with a short text when it fails
   */
  evaluate(input: ExpressionInput): Promise<unknown>;
}

/** Bytes of a source. */
const longestSource = 8192;
/** The parser reads what stands left of these twice, and so on for each one inside it. */
const mostDefaults = 8;
/** The wall clock is the second belt only: what an expression may do is counted. */
const guards = { timeout: 400, stack: 300, sequence: 10_000 };

/** Makes an expression ready, or says why the rule language does not have it. Compile once per version: it takes a part of a millisecond. */
export function compileExpression(source: string): Expression | { problems: ExpressionProblem[] } {
  if (byteLength(source) > longestSource) {
    const text = { ru: 'Выражение длиннее 8 КБ', en: 'The expression is longer than 8 KB' };
    return { problems: [{ position: longestSource, text }] };
  }
  if (source.split(/\?[?:]/).length > mostDefaults + 1) {
    const text = {
      ru: `Знаки ?? и ?: встречаются в выражении чаще ${mostDefaults} раз`,
      en: `The signs ?? and ?: occur in the expression more than ${mostDefaults} times`,
    };
    return { problems: [{ position: 0, text }] };
  }
  let expression: jsonata.Expression;
  try {
    expression = jsonata(source, { ...guards, RegexEngine: noRegexes });
  } catch (error) {
    return { problems: [describeMistake(error)] };
  }
  const problems = findRefused(expression.ast());
  if (problems.length > 0) return { problems };
  guard(expression);
  return { evaluate: (input) => inTurn(() => evaluate(expression, input)) };
}

/**
 * One evaluation at a time: none waits for anything but the processor, so together they are no faster, and the wall clock of each
 * would run for all of them.
 */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work);
  turn = done.then(nothing, nothing);
  return done;
}

let turn: Promise<void> = Promise.resolve();
const nothing = () => {};

/** Second belts: whatever gets past the tree's check finds bounded functions or none. */
function guard(expression: jsonata.Expression): void {
  for (const name of refusedFunctions) expression.assign(name, undefined);
  for (const [name, { implementation, signature }] of Object.entries(boundedFunctions)) {
    expression.registerFunction(name, implementation, signature);
  }
  expression.assign(
    afterStep as unknown as string,
    (node: jsonata.ExprNode, _: unknown, environment: jsonata.Environment, value: unknown) => {
      // The name of a function that is about to be called: the one value that is no data.
      const isCalled = node.type === 'variable' && node.value !== '' && node.value !== '$';
      (environment.lookup(budgetName) as Budget).take(isCalled ? undefined : value);
    },
  );
}

/** The library calls what is bound to this after each step, with the step's value. */
const afterStep = Symbol.for('jsonata.__evaluate_exit');
/** The budget's place among the evaluation's own variables, none of which an expression may name. */
const budgetName = 'the budget of this evaluation';

const refusedFunctions = (
  'eval pad replace match map filter single reduce sift each keys lookup append spread merge reverse zip sort shuffle distinct random ' +
  'power sqrt formatNumber formatBase formatInteger parseInteger base64encode base64decode encodeUrl encodeUrlComponent decodeUrl ' +
  'decodeUrlComponent toMillis fromMillis clone error assert'
).split(' ');

class NoRegexes {
  constructor() {
    throw new Error('Regular expressions are not accepted here');
  }
}
const noRegexes = NoRegexes as unknown as RegExpConstructor;

async function evaluate(expression: jsonata.Expression, { event, now, variables }: ExpressionInput): Promise<unknown> {
  const { message, contact, channel, conversation, deal } = event;
  const budget = new Budget();
  const seen = copyData({
    ...event,
    ...(message && { message: { ...message, kind: messageKind(event), origin: messageOrigin(event) } }),
    ...(channel && { channel: { ...channel, surface: surfaceOf(event) } }),
    chat: { ...event.chat, type: chatType(event) },
  }) as typeof event;
  const input = {
    event: seen,
    ...(message && { message: seen.message }),
    ...(contact && { contact: seen.contact }),
    ...(channel && { channel: seen.channel }),
    chat: seen.chat,
    ...(conversation && { conversation: seen.conversation }),
    ...(deal && { deal: seen.deal }),
    vars: copyData(variables),
  };
  let value: unknown;
  try {
    value = await expression.evaluate(input, {
      [budgetName]: budget,
      now: () => new Date(now).toISOString(),
      millis: () => now,
    });
  } catch (error) {
    throw toFailure(error);
  }
  return toResult(value);
}

/** The library's code for an evaluation that its wall clock stopped. */
const outOfTime = 'D1012';

function toFailure(error: unknown): Error {
  const { code, position, text } = readError(error);
  if (code === outOfTime) return new OutOfTime(`The expression took more than ${guards.timeout} ms`);
  return new Error(`The expression failed${position > 0 ? ` at character ${position}` : ''}: ${text}`);
}

function describeMistake(error: unknown): ExpressionProblem {
  const { position, text } = readError(error);
  return { position, text: { ru: `Выражение не читается: ${text}`, en: `The expression cannot be read: ${text}` } };
}

/** The library throws objects that are no errors; their texts may quote data of any length. */
function readError(error: unknown): { code?: unknown; position: number; text: string } {
  if (error instanceof RangeError) return { position: 0, text: 'It is nested too deeply' };
  if (typeof error !== 'object' || error === null) return { position: 0, text: String(error) };
  const { code, position, message } = error as { code?: unknown; position?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : 'It has a mistake';
  return { code, position: typeof position === 'number' ? position : 0, text: text.length > 200 ? `${text.slice(0, 199)}…` : text };
}

/** Whether a result means yes, as the language's own `$boolean` says: nothing, empty texts, lists and objects, 0 and null mean no. */
export function isYes(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isYes);
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
