import type { Attachment } from './event.js';

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
  /** `due` is an RFC 3339 instant in UTC; `to` is `responsible` or a user's id. */
  | { type: 'create-task'; text: string; due: string; mode: 'one-per-deal' | 'every-message'; to: string }
  /** `to` holds `responsible`, `all` and users' ids. */
  | { type: 'notify'; to: string[]; text: string };

export type EffectType = EffectBody['type'];

/** An effect with the node that asked for it; `ruleSet` (its name) only where several rule sets run together. */
export type Effect = EffectBody & { node: string; ruleSet?: string };
