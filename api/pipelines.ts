import { z } from 'zod';
import { id } from './page.js';

/** GET /api/pipelines in order; POST creates; PUT /api/pipelines/:id saves name and stages whole (a stage with deals cannot go: 409); DELETE. */
export const stage = z.object({ id, name: z.string(), open: z.boolean(), deals: z.number().int() });
export const pipeline = z.object({ id, name: z.string(), stages: z.array(stage) });
export type Pipeline = z.infer<typeof pipeline>;
export const savePipeline = z.strictObject({
  name: z.string().min(1).max(200),
  /** In order; without an id a stage is new. At least one is open. */
  stages: z
    .array(z.strictObject({ id: id.optional(), name: z.string().min(1).max(200), open: z.boolean() }))
    .min(1)
    .max(100),
});
