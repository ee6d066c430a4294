import { z } from 'zod';

/** GET /api/stream: server-sent events, each `data` one of these; readers fetch again what they show. */
export const change = z.object({
  kind: z.enum(['message', 'conversation', 'deal', 'task', 'channel', 'rule-set', 'notification', 'people', 'pipeline', 'presence']),
  /** The row's id; absent when many changed at once. */
  id: z.string().optional(),
  conversationId: z.string().optional(),
});
export type Change = z.infer<typeof change>;
