import type { Refusal } from './copying/clipboard.js';

/** Why a text is no piece of a graph, in words: what is wrong, where, and what would do. */
export function refusalText(refusal: Refusal, t: (key: string) => string): string {
  const reason = t(`paste.refusal.${refusal.kind}`);
  return refusal.kind === 'bad-graph' ? [reason, ...refusal.problems].join('\n') : reason;
}
