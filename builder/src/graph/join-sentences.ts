/** Two sentences side by side, the first with its full stop whether or not it was written with one. */
export function joinSentences(first: string, second: string | undefined): string {
  if (!second) return first;
  return /[.?:…]$/.test(first) ? `${first} ${second}` : `${first}. ${second}`;
}
