import { z } from 'zod';
import { checkExpression } from '../expressions/compile-expression.js';
import { refuse } from './refuse.js';

/** A JSONata text, of the part of the language that rules accept. */
export const expressionField = z.string().superRefine((source, context) => refuseExpression(source, context));

/** Adds an issue for each part of a JSONata text that rules do not accept, with its place in the text. */
export function refuseExpression(source: string, context: z.core.$RefinementCtx): void {
  for (const { position, text } of checkExpression(source)) {
    const place = position > 0 ? { ru: `Знак ${position}: `, en: `Character ${position}: ` } : { ru: '', en: '' };
    refuse(context, { ru: oneBar(place.ru + text.ru), en: oneBar(place.en + text.en) });
  }
}

/** The sign that parts the languages of a message must not come from the text of the expression. */
function oneBar(text: string): string {
  return text.replaceAll(' | ', '|');
}
