import { z } from 'zod';
import { id, pageOf } from './page.js';

const bilingual = z.object({ ru: z.string(), en: z.string() });

/** GET /api/connectors: what can be connected. `form` is the settings' JSON Schema with labels, drawn by the connect form. */
export const connectorInfo = z.object({
  kind: z.string(),
  title: bilingual,
  description: bilingual,
  icon: z.string(),
  form: z.record(z.string(), z.unknown()),
  /** The server itself tells the platform where to write; otherwise a person enters the hook's address on the other side. */
  connectsItself: z.boolean(),
});
export type ConnectorInfo = z.infer<typeof connectorInfo>;

export const channelHealth = z.object({
  state: z.enum(['new', 'connected', 'failing']),
  lastInboundAt: z.string().nullable(),
  lastOutboundAt: z.string().nullable(),
  lastError: z.string().nullable(),
  lastErrorAt: z.string().nullable(),
  inboundToday: z.number().int(),
  outboundToday: z.number().int(),
  quarantined: z.number().int(),
});

/** GET /api/channels, GET /api/channels/:id. Secrets never come back: `secretsSet` names those that are set. */
export const channel = z.object({
  id,
  kind: z.string(),
  name: z.string(),
  account: z.string().nullable(),
  surface: z.enum(['direct', 'comments']),
  active: z.boolean(),
  hookUrl: z.string(),
  /** The web chat's public page; null for other kinds. */
  pageUrl: z.string().nullable(),
  settings: z.record(z.string(), z.unknown()),
  secretsSet: z.array(z.string()),
  health: channelHealth,
  createdAt: z.string(),
});
export type Channel = z.infer<typeof channel>;

/** POST /api/channels (owner, admin). */
export const createChannel = z.strictObject({
  kind: z.string().max(50),
  name: z.string().min(1).max(200),
  account: z.string().max(200).optional(),
  surface: z.enum(['direct', 'comments']).optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
});
/** PATCH /api/channels/:id: settings are merged by name; a secret that is absent stays. */
export const changeChannel = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  account: z.string().max(200).nullable().optional(),
  surface: z.enum(['direct', 'comments']).optional(),
  active: z.boolean().optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
});

/** GET /api/channels/:id/log: what the admin should know, newest first. */
export const channelLogEntry = z.object({ id, at: z.string(), level: z.enum(['info', 'warning', 'error']), text: z.string() });

/** GET /api/channels/:id/quarantine; POST /api/quarantine/:id/retry. The body is shown as text, cut at 64 kB. */
export const quarantined = z.object({ id, receivedAt: z.string(), error: z.string(), body: z.string(), bytes: z.number().int() });
export const quarantinePage = pageOf(quarantined);
