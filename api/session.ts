import { z } from 'zod';
import { id } from './page.js';

export const roles = ['owner', 'admin', 'analyst', 'operator'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export const languages = ['ru', 'en'] as const;
export const language = z.enum(languages);

/** At least 12 characters, no rules of composition; long ones are allowed. */
export const newPassword = z.string().min(12).max(200);

/** POST /api/session -> 204 and a cookie. */
export const signIn = z.strictObject({ email: z.string().max(320), password: z.string().max(200) });

/** GET /api/session: who is here. */
export const whoAmI = z.object({
  user: z.object({
    id,
    name: z.string(),
    email: z.string(),
    role,
    language,
    timezone: z.string(),
    theme: z.enum(['auto', 'light', 'dark']),
  }),
  account: z.object({ id, name: z.string(), timezone: z.string(), sendingStopped: z.boolean() }),
  sessionId: id.nullable(),
});
export type WhoAmI = z.infer<typeof whoAmI>;

/** PATCH /api/profile. */
export const changeProfile = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  language: language.optional(),
  timezone: z.string().max(100).optional(),
  theme: z.enum(['auto', 'light', 'dark']).optional(),
});

/** POST /api/profile/password; ends the other sessions. */
export const changePassword = z.strictObject({ current: z.string().max(200), password: newPassword });

/** GET /api/setup -> whether an owner exists; POST /api/setup with the one-time link's token creates the account and its owner, and signs in. */
export const setupState = z.object({ isSetUp: z.boolean() });
export const setUp = z.strictObject({
  token: z.string().max(200),
  accountName: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
  email: z.email().max(320),
  password: newPassword,
  language: language.default('ru'),
  /** Three people, a web chat, a published rule set and a draft, so that the first minute shows a message going through a graph. */
  exampleDesk: z.boolean().default(true),
});

/** GET /api/sessions; DELETE /api/sessions/:id. */
export const openSession = z.object({
  id,
  current: z.boolean(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
});
export type OpenSession = z.infer<typeof openSession>;

/** POST /api/tokens -> { id, token } once; GET /api/tokens; DELETE /api/tokens/:id. */
export const createToken = z.strictObject({ name: z.string().min(1).max(200), role: z.enum(['admin', 'analyst', 'operator']) });
export const createdToken = z.object({ id, token: z.string() });
export const apiToken = z.object({
  id,
  name: z.string(),
  role,
  createdAt: z.string(),
  createdBy: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
export type ApiToken = z.infer<typeof apiToken>;
