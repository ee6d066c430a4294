import { z } from 'zod';
import { id } from './page.js';
import { language } from './session.js';

const bilingual = z.object({ ru: z.string(), en: z.string() });

/** A finding of the check: see rules/finding.ts. */
export const finding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  node: z.string().optional(),
  path: z.string().optional(),
  text: bilingual,
  mend: bilingual.optional(),
});

const ruleSetTrial = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shadow'), version: z.number().int() }),
  z.object({ kind: z.literal('release'), version: z.number().int(), share: z.number().int() }),
]);
export type RuleSetTrial = z.infer<typeof ruleSetTrial>;

/** GET /api/rule-sets in priority order. */
export const ruleSet = z.object({
  id,
  name: z.string(),
  priority: z.number().int(),
  enabled: z.boolean(),
  publishedVersion: z.number().int().nullable(),
  /** Whether the draft differs in meaning from what is published. */
  changed: z.boolean(),
  /** Findings of the draft. */
  errors: z.number().int(),
  warnings: z.number().int(),
  runsToday: z.number().int(),
  /** When a step of it last ran, by itself or called by another. */
  lastRunAt: z.string().nullable(),
  /** When its first version went live. */
  publishedSince: z.string().nullable(),
  /** The version that is tried on live traffic now: in the shadow of the published one, or for a share of the contacts, in per cent. Older servers say nothing of it. */
  trial: ruleSetTrial.nullable().default(null),
  updatedAt: z.string(),
  updatedBy: z.string().nullable(),
});
export type RuleSet = z.infer<typeof ruleSet>;

/** POST /api/rule-sets -> { id }: a draft from `graph`, or an empty one. PATCH /api/rule-sets/:id; DELETE. */
export const createRuleSet = z.strictObject({
  name: z.string().min(1).max(200),
  priority: z.number().int().min(0).max(1_000_000).optional(),
  graph: z.unknown().optional(),
});
export const changeRuleSet = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  priority: z.number().int().min(0).max(1_000_000).optional(),
  enabled: z.boolean().optional(),
});

/** GET /api/rule-sets/:id/draft. `graph` is a graph file (rules/graph.ts). */
export const draft = z.object({
  graph: z.record(z.string(), z.unknown()),
  revision: z.number().int(),
  updatedAt: z.string(),
  updatedBy: z.string().nullable(),
});
export type Draft = z.infer<typeof draft>;
/** PUT the same with the revision that was read: 409 when somebody saved in between. A draft may be unfinished: only the file's shape is refused (422). */
export const saveDraft = z.strictObject({ graph: z.unknown(), revision: z.number().int() });
export const savedDraft = z.object({ revision: z.number().int(), problems: z.array(finding) });

/** GET /api/rule-sets/found?q=&language=: places in the drafts of all rule sets that hold every word of `q`. */
export const findInRuleSets = z.object({ q: z.string().trim().min(1).max(200), language: language.default('ru') });
export const foundInRuleSet = z.object({
  ruleSet: z.object({ id, name: z.string() }),
  kind: z.enum(['node', 'note', 'group']),
  /** Of the node, note or group in its graph. */
  id: z.string(),
  title: z.string(),
  excerpt: z.string(),
});
export type FoundInRuleSet = z.infer<typeof foundInRuleSet>;
/** `more`: there are places beyond these. */
export const foundInRuleSets = z.object({ items: z.array(foundInRuleSet), more: z.boolean() });

/** GET /api/rule-sets/:id/conflicts: what the draft and the other live rule sets do to each other. */
export const conflicts = z.object({ items: z.array(finding) });

/** POST /api/rule-sets/:id/rollback: the version goes live again; the draft stays. */
export const rollback = z.strictObject({ version: z.number().int() });

/** GET /api/rule-sets/:id/versions, newest first; /versions/:version with the graph. */
export const version = z.object({
  version: z.number().int(),
  hash: z.string(),
  author: z.string(),
  note: z.string().nullable(),
  /** Of a candidate: when it was frozen. */
  publishedAt: z.string(),
  /** Frozen to be tried on live traffic, and never published. */
  isCandidate: z.boolean(),
  live: z.boolean(),
});
export type Version = z.infer<typeof version>;
export const versionWithGraph = version.extend({ graph: z.record(z.string(), z.unknown()) });

/** GET /api/rule-sets/:id/counts?days=1&version= -> how often each node ran and each exit (`node.port`) was taken; see api/steps.ts for the days. */
export const nodeCounts = z.object({ nodes: z.record(z.string(), z.number().int()), edges: z.record(z.string(), z.number().int()) });

/** GET /api/directory: names that forms choose from (every role). */
export const directory = z.object({
  channels: z.array(z.object({ id, name: z.string(), kind: z.string(), surface: z.string(), account: z.string().nullable() })),
  pipelines: z.array(z.object({ name: z.string(), stages: z.array(z.object({ name: z.string(), open: z.boolean() })) })),
  users: z.array(z.object({ id, name: z.string() })),
  ruleSets: z.array(z.object({ name: z.string() })),
  crmConnections: z.array(z.object({ id, name: z.string() })),
});
export type Directory = z.infer<typeof directory>;
