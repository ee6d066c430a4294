import { z } from 'zod';
import { id } from './page.js';

/** The stream's event `connection`: names the connection, for telling what its page shows. */
export const connection = z.object({ id });

/** PUT /api/presence: the page of a connection has this rule set open, said again every 20 s; null: it shows another page now. People only. */
export const tellPresence = z.strictObject({ connection: id, ruleSetId: id.nullable() });

/** GET /api/rule-sets/:id/presence?connection=: who has it open, in order of coming; one line a page, that of `connection` left out. */
export const presence = z.object({ items: z.array(z.object({ userId: id, name: z.string(), since: z.string() })) });
export type Presence = z.infer<typeof presence>;
