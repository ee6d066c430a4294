import { releaseShares, type ReleaseFigures, type ReleaseMetric, type ReleasePart } from '../../../../api/releases.js';

/** The part of a version's figures that a metric is. */
export function partOf(metric: ReleaseMetric, figures: ReleaseFigures): ReleasePart {
  const { count, of } = releaseShares[metric];
  return { count: figures[count], of: figures[of] };
}

/** `12,5 %`, or a dash where there is nothing to be a share of. */
export function spellShare({ count, of }: ReleasePart, language: 'ru' | 'en'): string {
  if (of === 0) return '–';
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(count / of);
}
