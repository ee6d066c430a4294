/** One side of a comparison: a version's number, or the draft as it is saved. */
export type Compared = number | 'draft';

export interface Pair {
  older: Compared;
  newer: Compared;
}

/** Reads `2..draft` of an address. Undefined for anything else. */
export function parsePair(text: string): Pair | undefined {
  const [older, newer, ...rest] = text.split('..').map(parseSide);
  return older !== undefined && newer !== undefined && rest.length === 0 ? { older, newer } : undefined;
}

/** The address of a comparison. */
export function comparePath(ruleSetId: string, { older, newer }: Pair): string {
  return `/rules/${ruleSetId}?compare=${older}..${newer}`;
}

function parseSide(text: string): Compared | undefined {
  if (text === 'draft') return 'draft';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
