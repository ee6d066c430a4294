import { parse } from 'lossless-json';
import { UnreadableBody } from './channel-connector.js';

/** How much of a stranger's JSON is read at all. */
export interface JsonLimits {
  /** Bytes, before decoding. Default 1 MiB, what a hook accepts. */
  maxBytes?: number;
  /** Arrays and objects within each other. Default 100: no platform nests deeper than 30. */
  maxDepth?: number;
}

/**
 * A body from outside as JSON values. Integers that a double cannot hold exactly come as text (`9007199254740993` as `'9007199254740993'`), so that ids
 * that differ in the last digit stay different. Of a repeated key the last value counts, as with `JSON.parse`.
 * A byte order mark is skipped; anything that is not UTF-8, not JSON, too large or too deep throws `UnreadableBody`.
 */
export function parseJson(body: Buffer, { maxBytes = 1_048_576, maxDepth = 100 }: JsonLimits = {}): unknown {
  if (body.length > maxBytes) throw new UnreadableBody(`The body has ${body.length} bytes, more than ${maxBytes}.`);
  const text = toText(body);
  if (text.trim() === '') throw new UnreadableBody('The body is empty.');
  // Both parsers and everything that walks their result recurse, so the depth is measured on the text, before them.
  if (isDeeperThan(text, maxDepth)) throw new UnreadableBody(`The body nests deeper than ${maxDepth} levels.`);
  try {
    return mayHoldLongIntegers(text) ? parseExactly(text) : JSON.parse(text);
  } catch (error) {
    // The parsers' own texts quote the body, which belongs to a client.
    throw new UnreadableBody(`The body is not JSON${placeOf(error)}.`);
  }
}

function toText(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new UnreadableBody('The body is not UTF-8.');
  }
}

function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === backslash) at++;
      else if (code === quote) inString = false;
    } else if (code === quote) {
      inString = true;
    } else if (code === openBracket || code === openBrace) {
      if (++depth > limit) return true;
    } else if (code === closeBracket || code === closeBrace) {
      depth--;
    }
  }
  return false;
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** 2^53 has 16 digits. Digits within texts count too: the slower parser is right for them as well. */
function mayHoldLongIntegers(text: string): boolean {
  return /\d{16}/.test(text);
}

function parseExactly(text: string): unknown {
  return parse(text, undefined, { parseNumber: toNumberOrText, onDuplicateKey: ({ newValue }) => newValue });
}

function toNumberOrText(digits: string): number | string {
  const number = Number(digits);
  return /^-?\d+$/.test(digits) && !Number.isSafeInteger(number) ? digits : number;
}

function placeOf(error: unknown): string {
  const place = error instanceof Error ? /position (\d+)/.exec(error.message) : null;
  return place ? ` at position ${place[1]}` : '';
}
