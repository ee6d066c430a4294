import type { Language } from '../i18n.js';

/** A step as a message or a run names it. */
interface NamedStep {
  node: string;
  title?: string;
  typeTitle?: { ru: string; en: string };
}

/** What a step is called: as the admin called it, else as steps of its kind are; by its id where neither is known. */
export function stepName({ node, title, typeTitle }: NamedStep, language: Language): string {
  return title ?? typeTitle?.[language] ?? node;
}

/** Why an export did not go, in words: one that the rules kept back names their step by its id where the admin gave it no name. */
export function exportReason(reason: string, step: NamedStep | null, language: Language): string {
  return step && reason === step.node ? stepName(step, language) : reason;
}
