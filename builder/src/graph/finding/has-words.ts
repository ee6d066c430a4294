/** Whether a text holds every word of a query, wherever it stands and whatever its case. An empty query is in every text. */
export function hasWords(text: string, query: string): boolean {
  const all = plain(text);
  return plain(query)
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е').trim();
}
