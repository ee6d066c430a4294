import jsonata from 'jsonata';
import { chatType, messageKind, messageOrigin, surfaceOf } from '../conditions/event-field.js';
import { findRefused } from './allowed-parts.js';
import { boundedFunctions } from './bounded-functions.js';
import { Budget } from './budget.js';
import type { Expression, ExpressionInput } from './expression.js';
import type { ExpressionProblem } from './expression-problem.js';
import { isLight } from './is-light.js';
import { OutOfTime } from './out-of-time.js';
import { byteLength, copyData, toResult } from './plain-data.js';
import { isDearToRead } from './reading-cost.js';

/** Bytes of a source. */
const longestSource = 8192;
/** The wall clock is the second belt only: what an expression may do is counted. */
const guards = { timeout: 400, stack: 300, sequence: 10_000 };

/** An expression, or why it is none. */
export type CompiledExpression = (Expression & { isLight: boolean }) | { problems: ExpressionProblem[] };

/**
 * Makes an expression ready, or says why the rule language does not have it. `isLight`: it costs no more than it is long (is-light.ts).
 * The newest ones are kept: a graph is read several times on its way to a version, and reading 8 KB takes some tens of milliseconds.
 */
export function compileExpression(source: string): CompiledExpression {
  const compiled = newest.get(source) ?? compileNew(source);
  newest.delete(source);
  newest.set(source, compiled);
  for (const oldest of newest.keys()) {
    if (newest.size <= mostKept) break;
    newest.delete(oldest);
  }
  return compiled;
}

/** What the rule language does not accept of a source, with the places; empty when it is an expression. */
export function checkExpression(source: string): ExpressionProblem[] {
  const compiled = compileExpression(source);
  return 'problems' in compiled ? compiled.problems : [];
}

/** In the order of their use. */
const newest = new Map<string, CompiledExpression>();
const mostKept = 500;

function compileNew(source: string): CompiledExpression {
  if (byteLength(source) > longestSource) {
    const text = { ru: 'Выражение длиннее 8 КБ', en: 'The expression is longer than 8 KB' };
    return { problems: [{ position: longestSource, text }] };
  }
  if (isDearToRead(source)) {
    const text = {
      ru: 'Знаки ?? и ?: вложены слишком глубоко: разбейте выражение на несколько шагов',
      en: 'The signs ?? and ?: are nested too deeply: divide the expression among several nodes',
    };
    return { problems: [{ position: 0, text }] };
  }
  let expression: jsonata.Expression;
  try {
    expression = jsonata(source, { ...guards, RegexEngine: noRegexes });
  } catch (error) {
    return { problems: [describeMistake(error)] };
  }
  const tree: unknown = expression.ast();
  const problems = findRefused(tree);
  if (problems.length > 0) return { problems };
  guard(expression);
  return { isLight: isLight(tree), evaluate: (input) => inTurn(() => evaluate(expression, input)) };
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
