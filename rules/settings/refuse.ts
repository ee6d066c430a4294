import type { z } from 'zod';
import type { Bilingual } from '../bilingual.js';

/** A text as a schema's message: zod knows one language, so both stand in it, parted by ` | `. */
export function inBoth(text: Bilingual): string {
  return `${text.ru} | ${text.en}`;
}

/** Adds an issue to a settings check, with a text in both languages. */
export function refuse(context: z.core.$RefinementCtx, text: Bilingual, path: readonly PropertyKey[] = []): void {
  context.addIssue({ code: 'custom', message: inBoth(text), path: [...path] });
}

/** The same for an unknown key, spelt as zod's own strict objects do. */
export function refuseKey(context: z.core.$RefinementCtx, key: string, path: readonly PropertyKey[] = []): void {
  context.addIssue({ code: 'unrecognized_keys', keys: [key], input: undefined, path: [...path] });
}
