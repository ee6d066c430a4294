import type { Attachment } from './event.js';

/** Scales of a score question, and what a score on them means. */
export const scoreScales = ['0-10', '1-5', '0-1'] as const;
export type ScoreScale = (typeof scoreScales)[number];
export const scoreBuckets = ['promoter', 'passive', 'detractor'] as const;
export type ScoreBucket = (typeof scoreBuckets)[number];

/** What a run asks the server to do; the engine performs no I/O. Each is applied by the file of its name in server/effects/. */
export type EffectBody =
  | { type: 'send-message'; text: string; attachments?: Attachment[] }
  | { type: 'add-note'; text: string }
  | { type: 'open-deal' }
  /** `pipeline` absent: the deal's own, or the account's first. */
  | { type: 'set-stage'; pipeline?: string; stage: string }
  | { type: 'assign-responsible'; user: string }
  | { type: 'add-tags'; tags: string[] }
  | { type: 'remove-tags'; tags: string[] }
  /** `overwrite` false: only where the field is empty. */
  | { type: 'set-field'; entity: 'deal' | 'contact'; field: string; value: string; overwrite?: false }
  /** `due` is an RFC 3339 instant in UTC; `to` is `responsible` or a user's id. */
  | { type: 'create-task'; text: string; due: string; mode: 'one-per-deal' | 'every-message'; to: string }
  /** `to` holds `responsible`, `all` and users' ids. */
  | { type: 'notify'; to: string[]; text: string }
  | { type: 'mark-read' }
  | { type: 'close-conversation' }
  | { type: 'no-reply-needed' }
  | { type: 'assign-conversation'; user: string }
  /** `to` narrows the export of the run's message to these CRM connections; `event` exports an earlier message that was held back, by its event's id. */
  | { type: 'export'; to: string[] }
  | { type: 'export'; event: string }
  | { type: 'record-score'; score: number; scale: ScoreScale; bucket: ScoreBucket }
  /** The run waits until the answer comes back as the event `http-answered`. */
  | { type: 'call-http'; method: string; url: string; headers?: Record<string, string>; body?: string };

export type EffectType = EffectBody['type'];

/** An effect with the node that asked for it; `ruleSet` (its name) only where several rule sets run together. */
export type Effect = EffectBody & { node: string; ruleSet?: string };
