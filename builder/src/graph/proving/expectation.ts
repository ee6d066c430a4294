import type { RunLine } from '../../../../rules/index.js';
import { recordOf } from '../form/read-value.js';

/** What a test expects of one line: the parts that are named must be equal. */
export type Expected = Record<string, unknown>;

/** One thing that a line says, which a test may expect or leave free. */
export interface Part {
  /** Where in the line: `status`, `reason`, `effects`, or of an effect `effects 0 text`. */
  path: readonly (string | number)[];
  /** What came. */
  value: unknown;
  isExpected: boolean;
}

/** Of an effect these say where and when it was made, not what the client or the deal gets: a moved step would break the test for nothing. */
const usuallyFree = new Set(['node', 'ruleSet', 'due']);

/** What a test would expect of what just happened: the outcome, and all that was done. */
export function expectationOf({ status, effects, reason, error }: RunLine): Expected {
  return {
    status,
    effects: effects.map((effect) => Object.fromEntries(Object.entries(effect).filter(([key]) => !usuallyFree.has(key)))),
    ...(reason && { reason: withoutRuleSet(reason) }),
    ...(error && { error: { node: error.node } }),
  };
}

/** Everything of a line that could be expected, in the order in which people read it. */
export function partsOf(line: RunLine, expected: Expected): Part[] {
  const parts: Part[] = [];
  const add = (path: Part['path'], value: unknown) => parts.push({ path, value, isExpected: isNamed(expected, path) });
  add(['status'], line.status);
  if (line.reason) add(['reason'], withoutRuleSet(line.reason));
  if (line.error) add(['error'], { node: line.error.node });
  add(['effects'], line.effects);
  if (!isNamed(expected, ['effects'])) return parts;
  for (const [place, effect] of line.effects.entries()) {
    // What kind of effect it is goes without asking.
    for (const [key, value] of Object.entries(effect)) if (key !== 'ruleSet' && key !== 'type') add(['effects', place, key], value);
  }
  return parts;
}

/** Expects a part as it came, or leaves it free. The expectation of a list of effects keeps one entry for each. */
export function togglePart(line: RunLine, expected: Expected, { path, value, isExpected }: Part): Expected {
  const [key = '', place, field] = path;
  if (typeof place === 'number' && typeof field === 'string') {
    const effects = Array.isArray(expected['effects']) ? [...expected['effects']] : line.effects.map(() => ({}));
    const { [field]: _, ...rest } = recordOf(effects[place]);
    effects[place] = isExpected ? rest : { ...rest, [field]: value };
    return { ...expected, effects };
  }
  const { [key]: _, ...rest } = expected;
  if (isExpected) return rest;
  return { ...rest, [key]: key === 'effects' ? expectationOf(line)['effects'] : value };
}

/** An expectation of nothing is met by every line: those at the end say nothing and are left out. */
export function withoutFreeEnd(expect: readonly Expected[]): Expected[] {
  const last = expect.findLastIndex((one) => Object.keys(one).length > 0);
  return expect.slice(0, last + 1);
}

function isNamed(expected: Expected, [key = '', place, field]: Part['path']): boolean {
  if (!Object.hasOwn(expected, key)) return false;
  if (place === undefined || field === undefined) return true;
  const entries = expected[key];
  return Array.isArray(entries) && Object.hasOwn(recordOf(entries[Number(place)]), field);
}

function withoutRuleSet({ node, text }: { node: string; text?: string }): { node: string; text?: string } {
  return { node, ...(text !== undefined && { text }) };
}
