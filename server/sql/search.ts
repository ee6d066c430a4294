/**
 * A LIKE pattern that finds the text anywhere, taken literally. Compare with `ILIKE $n COLLATE "und-x-icu"`: under the embedded database's C locale, plain
 * ILIKE ignores the case of Latin letters only.
 */
export function anywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
