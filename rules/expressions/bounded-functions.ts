import type jsonata from 'jsonata';
import { isWithinValue, tooLarge } from './budget.js';

/** A function in place of the library's: its implementation, and the signature that the library checks calls by. */
export interface BoundedFunction {
  implementation: Parameters<jsonata.Expression['registerFunction']>[1];
  signature: string;
}

/**
 * Functions whose result grows faster than what they are given, each asking first how large it would be; and two that would also
 * take a function where the rule language has texts only.
 */
export const boundedFunctions: Readonly<Record<string, BoundedFunction>> = {
  string: { implementation: toText, signature: '<x-b?:s>' },
  join: { implementation: join, signature: '<a<s>s?:s>' },
  split: { implementation: split, signature: '<s-sn?:a<s>>' },
  contains: { implementation: contains, signature: '<s-s:b>' },
};

/** Texts as they are, all else as JSON; a number with the digits that it surely has. */
function toText(value: unknown, pretty = false): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  // A list of one text a level deep is mostly indents.
  if (pretty && !isWithinValue(indentsOf(value, 1))) throw tooLarge();
  return JSON.stringify(value, (_, inner: unknown) => (isFraction(inner) ? Number(inner.toPrecision(15)) : inner), pretty ? 2 : 0);
}

function isFraction(value: unknown): value is number {
  return typeof value === 'number' && !Number.isInteger(value);
}

/** Characters of white space that a readable JSON text of a value has. */
function indentsOf(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const item of Object.values(value)) {
    sum += 2 * depth + 1 + indentsOf(item, depth + 1);
    if (!isWithinValue(sum)) break;
  }
  return sum;
}

function join(texts: readonly string[] | undefined, separator = ''): string | undefined {
  if (texts === undefined) return undefined;
  let length = separator.length * texts.length;
  for (const text of texts) length += text.length;
  if (!isWithinValue(length)) throw tooLarge();
  return texts.join(separator);
}

function split(text: string | undefined, separator: string, limit?: number): string[] | undefined {
  if (text === undefined) return undefined;
  if (limit !== undefined && limit < 0) throw new Error('The third argument of $split must not be negative');
  return text.split(separator, limit);
}

function contains(text: string | undefined, part: string): boolean | undefined {
  return text?.includes(part);
}
