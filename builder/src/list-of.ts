import { z } from 'zod';

/** A list that the server gives whole: a plain array, or a page of the usual shape with everything in it. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.union([z.array(item), z.object({ items: z.array(item) }).transform((page) => page.items)]);
