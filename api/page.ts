import { z } from 'zod';

/** Lists take `limit` and `cursor` and give `{ items, nextCursor }`; the cursor is opaque. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

export const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Ids are texts for whoever reads them. */
export const id = z.uuid();

/** RFC 3339 in UTC. */
export const instant = z.string();

/** `application/problem+json`: every error of the API. */
export const problem = z.object({
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), detail: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;
