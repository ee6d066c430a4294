import type { StepFigures } from '../../../../api/steps.js';
import type { Language } from '../../i18n.js';

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** Counts of what a step did besides running, in the order in which they are told. */
export const countedThings = ['replies', 'drops', 'errors', 'undelivered', 'held', 'skipped'] as const;

/** A number in the reader's spelling, with one digit after the point at most. */
export function spellNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { maximumFractionDigits: 1 }).format(value);
}

/** «средняя 8,3, NPS 20», of each scale; empty where nobody gave a score. */
export function spellScores(scores: StepFigures['scores'], language: Language, t: Translate): string {
  return scores
    .map(({ scale, count, average, nps }) =>
      [
        t('figures.score', { scale, count, average: spellNumber(average, language) }),
        nps !== null && t('figures.nps', { nps: spellNumber(nps, language) }),
      ]
        .filter(Boolean)
        .join(', '),
    )
    .join('; ');
}

/** Seconds as people say them: «4 с», «3 мин», «2 ч». */
export function spellSeconds(seconds: number, language: Language, t: Translate): string {
  if (seconds < 60) return t('figures.seconds', { count: spellNumber(seconds, language) });
  if (seconds < 3600) return t('figures.minutes', { count: spellNumber(seconds / 60, language) });
  return t('figures.hours', { count: spellNumber(seconds / 3600, language) });
}
