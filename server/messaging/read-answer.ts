import { cleanText } from './clean-text.js';

/** An answer that is longer is cut: rules look at a few fields of it, and it is stored with their run. */
const longestBody = 256 * 1024;
/** As deep as a webhook may nest (docs of the limits); what is deeper stays text. */
const deepest = 64;

/** The body of a foreign program's answer: JSON as values, all else as text; characters that PostgreSQL cannot store are left out, in names as in values. */
export function readAnswer(body: Buffer, contentType = ''): unknown {
  const text = cleanText(body.subarray(0, longestBody).toString('utf8'));
  if (!contentType.includes('json')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return isWithin(value, deepest) ? cleanText(value) : text;
  } catch {
    return text;
  }
}

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isWithin(inner, depth - 1));
}
