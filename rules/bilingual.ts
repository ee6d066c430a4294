/** A text that people read, in both languages of the product. */
export interface Bilingual {
  ru: string;
  en: string;
}

export type Language = keyof Bilingual;

/** Fills `{name}` places of a text with values: `fill('нашлось «{word}»', { word: 'кредит' })`. A place without a value stays as written. */
export function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}
