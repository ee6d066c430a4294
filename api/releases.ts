import { z } from 'zod';
import { id } from './page.js';

/** What a release is watched by: shares of runs with errors, of replies that were not delivered, of bad scores, of clients silent after a reply, of conversations that people took over. */
export const releaseMetrics = ['errors', 'failures', 'bad-scores', 'silent', 'handed'] as const;
export const releaseMetric = z.enum(releaseMetrics);
export type ReleaseMetric = z.infer<typeof releaseMetric>;

const points = z.number().int().min(1).max(100);

/** When a release returns by itself. */
export const releaseLimits = z.strictObject({
  /** Nothing is judged by fewer cases (runs, replies, scores, conversations) than this on a side. */
  least: z.number().int().min(5).max(10_000).default(30),
  /** By how many percentage points a share may be greater than the published version's; an absent one is not watched. */
  above: z.partialRecord(releaseMetric, points).default({ errors: 5, failures: 10, 'bad-scores': 15 }),
});
export type ReleaseLimits = z.infer<typeof releaseLimits>;

const share = z.number().int().min(1).max(100);

/**
 * POST /api/rule-sets/:id/releases -> { id, version }: the version for a share of the contacts, always the same ones; the published one for the others.
 * Without `version` the draft is frozen. 422 as publishing (with `problems`), 409 while another release is under way or where nothing is published.
 */
export const newRelease = z.strictObject({
  version: z.number().int().min(1).max(2_147_483_647).optional(),
  share,
  limits: releaseLimits.default({ least: 30, above: { errors: 5, failures: 10, 'bad-scores': 15 } }),
  /** Why although the account's policy is not met. */
  override: z.string().trim().min(1).max(2000).optional(),
});
export const startedRelease = z.object({ id, version: z.number().int() });

/** POST /releases/:release/share: for more contacts, or for fewer. Those in the middle of a wait go on with the version that they began with. */
export const changeShare = z.strictObject({ share });

/** What one version did since the release began. */
export const releaseFigures = z.object({
  /** Contacts of whom it ran. */
  contacts: z.number().int(),
  runs: z.number().int(),
  errors: z.number().int(),
  /** Its replies of which it is known what became of them, and those of them that were not delivered. */
  replies: z.number().int(),
  failures: z.number().int(),
  scores: z.number().int(),
  badScores: z.number().int(),
  /** Conversations that it answered at least an hour ago, and those of them where the client has said nothing since. */
  answered: z.number().int(),
  silent: z.number().int(),
  /** Conversations that it ran in, and those of them where one of our people wrote afterwards. */
  conversations: z.number().int(),
  handed: z.number().int(),
});
export type ReleaseFigures = z.infer<typeof releaseFigures>;

/** The part of a version's figures that each metric is. */
export const releaseShares: Record<ReleaseMetric, { count: keyof ReleaseFigures; of: keyof ReleaseFigures }> = {
  errors: { count: 'errors', of: 'runs' },
  failures: { count: 'failures', of: 'replies' },
  'bad-scores': { count: 'badScores', of: 'scores' },
  silent: { count: 'silent', of: 'answered' },
  handed: { count: 'handed', of: 'conversations' },
};

/** A part of the cases of a kind: so many of so many. */
const part = z.object({ count: z.number().int(), of: z.number().int() });
export type ReleasePart = z.infer<typeof part>;

/** The limit that was passed, with what it was counted by. */
export const releaseReason = z.object({ metric: releaseMetric, above: points, old: part, new: part });
export type ReleaseReason = z.infer<typeof releaseReason>;

export const releaseStep = z.object({
  at: z.string(),
  /** Null: the server itself. */
  by: z.string().nullable(),
  what: z.enum(['started', 'share', 'finished', 'returned', 'stopped', 'replaced']),
  share: z.number().int(),
});
export type ReleaseStep = z.infer<typeof releaseStep>;

/**
 * GET /api/rule-sets/:id/releases (newest first, ten at most). POST /releases/:release/finish (published for all), /return (for nobody any more).
 */
export const release = z.object({
  id,
  version: z.number().int(),
  baseVersion: z.number().int(),
  share: z.number().int(),
  /** `stopped`: it returned by itself, see `reason`; `replaced`: another version was published meanwhile. */
  status: z.enum(['active', 'finished', 'returned', 'stopped', 'replaced']),
  limits: releaseLimits,
  reason: releaseReason.nullable(),
  /** Of the published version and of the released one; while it is under way up to now, else as they were at its end. */
  figures: z.object({ old: releaseFigures, new: releaseFigures }).nullable(),
  history: z.array(releaseStep),
  author: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
});
export type Release = z.infer<typeof release>;

/** POST /api/rule-sets/:id/versions/:version/publish -> { version }: a version that was frozen to be tried. 422 as publishing the draft. */
export const publishVersion = z.strictObject({ override: z.string().trim().min(1).max(2000).optional() });
