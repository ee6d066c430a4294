import type { Release } from '../../../../api/releases.js';
import type { Shadow } from '../../../../api/shadows.js';

/** A version that is or was tried on live traffic. */
export type Trial = { kind: 'shadow'; of: Shadow } | { kind: 'release'; of: Release };

/** Shadows and releases of a rule set in one row: what is under way first, then the newest. */
export function trialsOf(shadows: readonly Shadow[], releases: readonly Release[]): Trial[] {
  const all: Trial[] = [...shadows.map((of): Trial => ({ kind: 'shadow', of })), ...releases.map((of): Trial => ({ kind: 'release', of }))];
  const isOver = ({ of }: Trial) => (of.status === 'active' ? 0 : 1);
  return all.sort((a, b) => isOver(a) - isOver(b) || (a.of.startedAt < b.of.startedAt ? 1 : -1));
}
