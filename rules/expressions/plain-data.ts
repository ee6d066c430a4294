import { isReserved } from './budget.js';

/** Bytes of JSON that an expression may give. */
const largestResult = 65_536;

/**
 * A copy of plain JSON data that shares nothing with the original, without keys that the library or the language would take for
 * more than data; undefined fields are left out.
 */
export function copyData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyData);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) if (item !== undefined && !isReserved(key)) copy[key] = copyData(item);
  return copy;
}

/**
 * What an expression gave, as plain JSON: the library's lists carry marks of its own.
 * @returns undefined for nothing
 * @throws Error when it is larger than 64 KB of JSON
 */
export function toResult(value: unknown): unknown {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) return undefined;
  if (byteLength(json) > largestResult) throw new Error('The expression gives more than 64 KB');
  return JSON.parse(json) as unknown;
}

/** How many bytes of UTF-8 a text takes. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
