import { z } from 'zod';
import { id } from './page.js';
import { language, newPassword, role } from './session.js';

/** GET /api/users (every role); PATCH /api/users/:id (owner, admin): the last owner cannot be changed, nobody raises above himself. */
export const user = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role,
  active: z.boolean(),
  group: z.object({ id, name: z.string() }).nullable(),
  createdAt: z.string(),
});
export type User = z.infer<typeof user>;
export const changeUser = z.strictObject({
  role: role.optional(),
  active: z.boolean().optional(),
  groupId: id.nullable().optional(),
  name: z.string().min(1).max(200).optional(),
});

/** GET, POST /api/groups; PATCH, DELETE /api/groups/:id. */
export const group = z.object({ id, name: z.string(), members: z.number().int() });
export type Group = z.infer<typeof group>;
export const saveGroup = z.strictObject({ name: z.string().min(1).max(200) });

/** POST /api/invitations -> the link once (30 minutes, single use); GET; DELETE /api/invitations/:id. */
export const invite = z.strictObject({
  email: z.email().max(320),
  role: z.enum(['admin', 'analyst', 'operator']),
  groupId: id.nullable().optional(),
});
export const invited = z.object({ id, link: z.string(), expiresAt: z.string() });
export const invitation = z.object({
  id,
  email: z.string(),
  role,
  createdAt: z.string(),
  expiresAt: z.string(),
  createdBy: z.string().nullable(),
});
export type Invitation = z.infer<typeof invitation>;

/** GET /api/invitation?token=; POST /api/invitation (no session): makes the user and signs in. */
export const invitationInfo = z.object({ email: z.string(), role, accountName: z.string() });
export const acceptInvitation = z.strictObject({
  token: z.string().max(200),
  name: z.string().min(1).max(200),
  password: newPassword,
  language: language.default('ru'),
});

/** What the log of actions tells about: `thing.verb`. */
export const auditActions = [
  'account.create',
  'account.change',
  'channel.create',
  'channel.change',
  'channel.delete',
  'contact.change',
  'conversation.answer',
  'conversation.close',
  'conversation.request-score',
  'deal.change',
  'group.create',
  'group.rename',
  'group.remove',
  'invitation.create',
  'invitation.accept',
  'invitation.remove',
  'message.resend',
  'pipeline.create',
  'pipeline.change',
  'pipeline.delete',
  'profile.password',
  'publish-policy.change',
  'quarantine.retry',
  'rule-set.create',
  'rule-set.change',
  'rule-set.delete',
  'rule-set.publish',
  'rule-set.override',
  'rule-set.rollback',
  'rule-set.shadow-start',
  'rule-set.shadow-stop',
  'rule-set.release',
  'rule-set.release-share',
  'rule-set.release-finish',
  'rule-set.release-return',
  'rule-set.release-stop',
  'session.start',
  'session.end',
  'session.end-others',
  'session.refused',
  'token.create',
  'token.remove',
  'user.change',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** GET /api/audit. */
export const auditEntry = z.object({
  id,
  at: z.string(),
  actor: z.string(),
  /** One of `auditActions`; an older server's log may hold others. */
  action: z.string(),
  subject: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** GET, PATCH /api/account (owner, admin change it). */
export const account = z.object({
  id,
  name: z.string(),
  timezone: z.string(),
  answerAgeSeconds: z.number().int(),
  sendingStopped: z.boolean(),
});
export const changeAccount = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  timezone: z.string().max(100).optional(),
  answerAgeSeconds: z.number().int().min(60).max(86_400).optional(),
  /** Stops everything that goes out to clients, until it is lifted: what is due waits. */
  sendingStopped: z.boolean().optional(),
});
