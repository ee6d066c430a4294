/** More than any source that fits the limit of bytes costs by itself; some 50 ms of the parser. */
const mostRead = 32_768;

/**
 * Whether the parser would be busy for long: it takes what stands left of `??` and `?:` twice, and so on for each of them inside, so a few hundred
 * characters can cost it seconds. Counts each character as often as it is taken; what it cannot know without parsing it counts as dear.
 */
export function isDearToRead(source: string): boolean {
  const signs = withoutTexts(source);
  let cost = 0;
  let weight = 1;
  /** The weights at the brackets around this place, the outermost first. */
  const around: number[] = [];
  // Backwards, because it is the left side that is taken twice.
  for (let at = signs.length - 1; at >= 0; at--) {
    cost += weight;
    if (cost > mostRead) return true;
    const sign = signs[at] ?? '';
    if (')]}'.includes(sign)) around.push(weight);
    else if ('([{'.includes(sign)) weight = around.pop() ?? weight;
    else if (',;'.includes(sign)) weight = around.at(-1) ?? 1;
    else if (sign === '?' && '?:'.includes(signs[at + 1] ?? ' ')) weight *= 2;
  }
  return false;
}

/** The source with texts, quoted names and comments blotted out, so that the signs in them count as letters. */
function withoutTexts(source: string): string {
  let signs = '';
  for (let at = 0; at < source.length; at++) {
    const opening = source[at] ?? '';
    const closing = opening === '/' && source[at + 1] === '*' ? '*/' : opening;
    if (!['"', "'", '`', '*/'].includes(closing)) {
      signs += opening;
      continue;
    }
    const end = endOf(source, at + closing.length, closing);
    signs += '_'.repeat(end - at);
    at = end - 1;
  }
  return signs;
}

/** The place after the closing sign; the end of the source where there is none. */
function endOf(source: string, from: number, closing: string): number {
  for (let at = from; at < source.length; at++) {
    if (closing.length === 1 && closing !== '`' && source[at] === '\\') at += 1;
    else if (source.startsWith(closing, at)) return at + closing.length;
  }
  return source.length;
}
