import { releaseMetrics, type ReleaseFigures, type ReleaseMetric } from '../../../../api/releases.js';

/** A share of a figure: so many of so many. */
export interface SharePart {
  count: number;
  of: number;
}

/** What each thing that a release is watched by is a share of. */
export function shareOf(metric: ReleaseMetric, figures: ReleaseFigures): SharePart {
  switch (metric) {
    case 'errors':
      return { count: figures.errors, of: figures.runs };
    case 'failures':
      return { count: figures.failures, of: figures.replies };
    case 'bad-scores':
      return { count: figures.badScores, of: figures.scores };
    case 'silent':
      return { count: figures.silent, of: figures.answered };
    case 'handed':
      return { count: figures.handed, of: figures.conversations };
  }
}

/** `12,5 %`, or a dash where there is nothing to be a share of. */
export function spellShare({ count, of }: SharePart, language: 'ru' | 'en'): string {
  if (of === 0) return '–';
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(count / of);
}

/** Rows of the table of figures, in order. */
export const shareRows = releaseMetrics;
