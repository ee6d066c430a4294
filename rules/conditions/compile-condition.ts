import type { RuleEvent } from '../event.js';
import type { Variables } from '../memory.js';
import { foldCase, mayFoldTo } from '../text/fold-case.js';
import { parseInstant } from '../time/instant.js';
import type { Condition, Operator } from './condition.js';
import { compileField } from './event-field.js';
import { compileRegex } from './linear-regex.js';

/** Compiles a condition (one that the schema accepted) to a question about an event and the run's variables. */
export function compileCondition(condition: Condition): (event: RuleEvent, variables?: Variables) => boolean {
  if ('all' in condition) {
    const parts = condition.all.map(compileCondition);
    return (event, variables) => parts.every((part) => part(event, variables));
  }
  if ('any' in condition) {
    const parts = condition.any.map(compileCondition);
    return (event, variables) => parts.some((part) => part(event, variables));
  }
  if ('not' in condition) {
    const part = compileCondition(condition.not);
    return (event, variables) => !part(event, variables);
  }
  const read = compileField(condition.field);
  const test = compileTest(condition.op, condition.value);
  return (event, variables) => test(read(event, variables));
}

/**
 * A scalar as comparisons see it: text without its case, a number as text, so that 5 equals "5". Undefined for what has no such
 * form (missing values, lists, objects): it equals nothing.
 */
export function comparable(value: unknown): string | undefined {
  if (typeof value === 'string') return foldCase(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

type Test = (found: unknown) => boolean;

function compileTest(op: Operator, value: unknown): Test {
  switch (op) {
    case 'eq':
      return equals(value);
    case 'ne': {
      const same = equals(value);
      return (found) => !same(found);
    }
    case 'in': {
      const known = new Set((value as unknown[]).map(comparable));
      const longest = Math.max(0, ...[...known].map((text) => text?.length ?? 0));
      return (found) => {
        if (typeof found === 'string' && !mayFoldTo(found.length, longest)) return false;
        const text = comparable(found);
        return text !== undefined && known.has(text);
      };
    }
    case 'contains': {
      const same = equals(value);
      const holds = onText(value, (text, part) => text.includes(part));
      return (found) => (Array.isArray(found) ? found.some(same) : holds(found));
    }
    case 'starts':
      return onText(value, (text, part) => text.startsWith(part));
    case 'ends':
      return onText(value, (text, part) => text.endsWith(part));
    case 'gt':
      return ordered(value, (order) => order > 0);
    case 'gte':
      return ordered(value, (order) => order >= 0);
    case 'lt':
      return ordered(value, (order) => order < 0);
    case 'lte':
      return ordered(value, (order) => order <= 0);
    case 'exists':
      return (found) => (found !== undefined && found !== null) === (value !== false);
    case 'empty':
      return (found) => isEmpty(found) === (value !== false);
    case 'matches': {
      const regex = compileRegex(value as string);
      if ('problem' in regex) throw new Error(regex.problem.en);
      return (found) => (typeof found === 'string' || typeof found === 'number') && regex.test(String(found));
    }
  }
}

function equals(value: unknown): Test {
  const wanted = comparable(value);
  return (found) => {
    if (wanted === undefined || (typeof found === 'string' && !mayFoldTo(found.length, wanted.length))) return false;
    return comparable(found) === wanted;
  };
}

function onText(value: unknown, test: (text: string, part: string) => boolean): Test {
  const part = comparable(value) ?? '';
  return (found) => {
    const text = typeof found === 'boolean' ? undefined : comparable(found);
    return text !== undefined && test(text, part);
  };
}

/** Numbers by size (also where one is written as text), instants by time, other texts as a dictionary without case. */
function ordered(value: unknown, test: (order: number) => boolean): Test {
  const number = toNumber(value);
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  const text = comparable(value) ?? '';
  return (found) => {
    const foundNumber = number === undefined ? undefined : toNumber(found);
    if (number !== undefined && foundNumber !== undefined) return test(foundNumber - number);
    const foundInstant = instant === undefined || typeof found !== 'string' ? undefined : parseInstant(found);
    if (instant !== undefined && foundInstant !== undefined) return test(foundInstant - instant);
    if (typeof found !== 'string' || typeof value !== 'string') return false;
    const folded = foldCase(found);
    return test(folded < text ? -1 : folded > text ? 1 : 0);
  };
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\s*[+-]?\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

function isEmpty(found: unknown): boolean {
  if (found === undefined || found === null) return true;
  if (typeof found === 'string') return found.trim() === '';
  return typeof found === 'object' && Object.keys(found).length === 0;
}
