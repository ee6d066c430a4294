import {
  releaseMetrics,
  releaseShares,
  type ReleaseFigures,
  type ReleaseLimits,
  type ReleaseMetric,
  type ReleasePart,
  type ReleaseReason,
} from '../../../api/releases.js';

/** Nobody wants any of these, so a version that has no other to be compared with is compared with none at all. */
const absolute: ReadonlySet<ReleaseMetric> = new Set(['errors', 'failures']);

/**
 * Whether a release has passed one of its limits: the released version's share is greater than the published one's by more percentage points than allowed, and
 * both are of enough cases. Where the published version has too few, errors and failed deliveries are judged against none, the rest not at all.
 * @returns the limit that was passed by most, undefined: none
 */
export function judgeRelease(
  figures: { old: ReleaseFigures; new: ReleaseFigures },
  { least, above }: ReleaseLimits,
): ReleaseReason | undefined {
  let worst: { reason: ReleaseReason; by: number } | undefined;
  for (const metric of releaseMetrics) {
    const allowed = above[metric];
    if (allowed === undefined) continue;
    const [old, now] = [partOf(metric, figures.old), partOf(metric, figures.new)];
    if (now.of < least || (old.of < least && !absolute.has(metric))) continue;
    const by = (shareOf(now) - (old.of < least ? 0 : shareOf(old))) * 100 - allowed;
    if (by > 1e-9 && by > (worst?.by ?? 0)) worst = { reason: { metric, above: allowed, old, new: now }, by };
  }
  return worst?.reason;
}

function partOf(metric: ReleaseMetric, figures: ReleaseFigures): ReleasePart {
  const { count, of } = releaseShares[metric];
  return { count: figures[count], of: figures[of] };
}

function shareOf({ count, of }: ReleasePart): number {
  return of === 0 ? 0 : count / of;
}
