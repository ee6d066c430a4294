/**
 * Cuts a text into parts that a platform takes: at the last line break or space of each part's second half, else anywhere but inside a surrogate pair.
 * Joined by a space they say the same. An empty text is one empty part (attachments alone).
 */
export function splitText(text: string, most: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const end = cutAt(rest, most);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  if (rest !== '' || parts.length === 0) parts.push(rest);
  return parts;
}

function cutAt(text: string, most: number): number {
  for (const separator of ['\n', ' ']) {
    const at = text.lastIndexOf(separator, most);
    if (at > most / 2) return at;
  }
  const insidePair = /[\uD800-\uDBFF]/.test(text[most - 1]!) && /[\uDC00-\uDFFF]/.test(text[most]!);
  return insidePair && most > 1 ? most - 1 : most;
}
