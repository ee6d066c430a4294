/** The letter that stands for an outcome in a week, A for the first. */
export function letterOf(outcome: number): string {
  return String.fromCodePoint(65 + (outcome % 26));
}
