import type { BacktestSide } from '../../../../api/backtests.js';

type SideStep = BacktestSide['steps'][number];

/** A line of two ways side by side: the same step left by the same exit, or what only one side has there. */
export interface StepRow {
  old: SideStep | undefined;
  new: SideStep | undefined;
  isSame: boolean;
}

/**
 * Puts two ways side by side: what they begin and end with alike stands opposite each other, in between step for step what each does alone.
 */
export function alignSteps(old: readonly SideStep[], now: readonly SideStep[]): StepRow[] {
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && isSame(old[head], now[head])) head += 1;
  let tail = 0;
  while (tail < most - head && isSame(old[old.length - 1 - tail], now[now.length - 1 - tail])) tail += 1;
  const same = (count: number, from: number, fromNew: number): StepRow[] =>
    Array.from({ length: count }, (_, place) => ({ old: old[from + place], new: now[fromNew + place], isSame: true }));
  const [alone, aloneNew] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)];
  const between = Array.from({ length: Math.max(alone.length, aloneNew.length) }, (_, place): StepRow => ({
    old: alone[place],
    new: aloneNew[place],
    isSame: false,
  }));
  return [...same(head, 0, 0), ...between, ...same(tail, old.length - tail, now.length - tail)];
}

function isSame(a: SideStep | undefined, b: SideStep | undefined): boolean {
  return a !== undefined && b !== undefined && a.node === b.node && a.port === b.port && a.ruleSet === b.ruleSet;
}
