const address = /https?:\/\/[^\s<>"'`\u202a-\u202e\u2066-\u2069]+/gi;

/** Cuts a text into plain parts and links; joined again the parts are the text. Only http and https make links. */
export function splitLinks(text: string): { text: string; href?: string }[] {
  const parts: { text: string; href?: string }[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    // A stop or a bracket at the end belongs to the sentence.
    const found = match[0].replace(/[.,;:!?)\]}»]+$/, '');
    const href = URL.canParse(found) ? new URL(found) : undefined;
    if (!href || !/^https?:$/.test(href.protocol) || href.username || href.password) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: found, href: href.href });
    from = match.index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}
