import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import type { foundInRuleSets } from '../../api/rule-sets.js';
import { findInGraph, graphSchema, nodeTypes, type Language } from '../../rules/index.js';

/** More than anybody reads through; the search is narrowed by typing more. */
const mostFound = 100;

/**
 * Searches drafts for a query. One whose draft is not of the format's shape is passed over: its page says so.
 * @param drafts in the order in which what is found in them is given
 */
export async function findInDrafts(
  drafts: readonly { id: string; name: string; draft: unknown }[],
  query: string,
  language: Language,
): Promise<z.infer<typeof foundInRuleSets>> {
  const items: z.infer<typeof foundInRuleSets>['items'] = [];
  for (const { id, name, draft } of drafts) {
    const graph = graphSchema.safeParse(draft);
    if (!graph.success) continue;
    for (const place of findInGraph(graph.data, query, nodeTypes, language)) items.push({ ruleSet: { id, name }, ...place });
    if (items.length > mostFound) return { items: items.slice(0, mostFound), more: true };
    // Two hundred graphs are half a second of work: messages go on in between.
    await setImmediate();
  }
  return { items, more: false };
}
