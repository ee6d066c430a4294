import type { z } from 'zod';
import type { Bilingual } from '../bilingual.js';

/**
 * Adds an issue to a settings check. `message` is the Russian text; `params.text` has both languages, for whoever turns issues
 * into findings.
 */
export function refuse(context: z.core.$RefinementCtx<unknown>, text: Bilingual, path: readonly PropertyKey[] = []): void {
  context.addIssue({ code: 'custom', message: text.ru, path: [...path], params: { text } });
}

/** The same for an unknown key, spelt as zod's own strict objects do. */
export function refuseKey(context: z.core.$RefinementCtx<unknown>, key: string, path: readonly PropertyKey[] = []): void {
  context.addIssue({ code: 'unrecognized_keys', keys: [key], input: undefined, path: [...path] });
}

/** The error of a `refine`, in both languages. */
export function because(text: Bilingual): { message: string; params: { text: Bilingual } } {
  return { message: text.ru, params: { text } };
}
