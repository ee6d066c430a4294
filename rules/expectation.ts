import { joinPaths, spellPath } from './json-path.js';
import { isRecord } from './is-record.js';

/** A place where what came differs from what was expected; `actual` is absent where nothing came. */
export interface Difference {
  path: string;
  expected: unknown;
  actual?: unknown;
}

/**
 * Compares what is expected with what came: named fields must be equal, fields that are not named are free, a list must have
 * exactly as many entries in that order.
 * @returns every difference with its path, spelt `effects[0].text`; none when the expectation is met
 */
export function differencesOf(expected: unknown, actual: unknown, path = ''): Difference[] {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    // A wrong number is told as one difference: which entry is the odd one cannot be known.
    if (expected.length !== actual.length) return [{ path, expected, actual }];
    return expected.flatMap((value, index) => differencesOf(value, actual[index], `${path}[${index}]`));
  }
  if (isRecord(expected) && isRecord(actual)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      differencesOf(value, Object.hasOwn(actual, key) ? actual[key] : undefined, joinPaths(path, spellPath([key]))),
    );
  }
  if (expected === actual) return [];
  return [actual === undefined ? { path, expected } : { path, expected, actual }];
}
