import type { ExpressionProblem } from '../../../../rules/index.js';

/** A part of a text that is marked or not; all parts in order are the text. */
export interface TextPart {
  text: string;
  isRefused: boolean;
}

/** A name with the bracket that calls it, a name or number, a quoted text or name, or one sign: what ends at the place of a problem. */
const lastPart = /(?:\$?[\p{L}_][\p{L}\p{N}_]*\(|\$*[\p{L}\p{N}_]+|\$+|"[^"]*"|'[^']*'|`[^`]*`|\.\.|\*\*|:=|~>|\?[?:]|\S)\s*$/u;

/** Divides an expression into parts that are accepted and such that a problem is about. A problem of the whole marks all of it. */
export function partsOf(source: string, problems: readonly ExpressionProblem[]): TextPart[] {
  const refused = problems.map(({ position }) => rangeOf(source, position)).sort((a, b) => a.from - b.from);
  const parts: TextPart[] = [];
  let at = 0;
  for (const { from, to } of refused) {
    if (from > at) parts.push({ text: source.slice(at, from), isRefused: false });
    if (to > Math.max(at, from)) parts.push({ text: source.slice(Math.max(at, from), to), isRefused: true });
    at = Math.max(at, to);
  }
  if (at < source.length) parts.push({ text: source.slice(at), isRefused: false });
  return parts;
}

/** The part of the text that a problem is about, to be quoted; undefined for the whole. */
export function quoteOf(source: string, { position }: ExpressionProblem): string | undefined {
  const { from, to } = rangeOf(source, position);
  return position === 0 || to === from ? undefined : source.slice(from, to).trim();
}

function rangeOf(source: string, position: number): { from: number; to: number } {
  if (position === 0) return { from: 0, to: source.length };
  const to = Math.min(position, source.length);
  return { from: lastPart.exec(source.slice(0, to))?.index ?? 0, to };
}
