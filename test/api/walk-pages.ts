import type { TestCaller } from '../support/app.js';

export interface Page<Item = { id: string }> {
  items: Item[];
  nextCursor: string | null;
}

/** Reads a list to its end, `limit` at a time; `between` runs after each page. */
export async function walkPages<Item = { id: string }>(
  caller: TestCaller,
  url: string,
  limit: number,
  between: (page: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<Item[]> {
  const seen: Item[] = [];
  let cursor: string | null = null;
  for (let page = 1; page <= 1000; page++) {
    const query: string = `limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`;
    const answer = await caller.request<Page<Item>>('GET', `${url}${url.includes('?') ? '&' : '?'}${query}`);
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${answer.text}`);
    if (answer.body.items.length > limit) throw new Error(`${url}: a page of ${answer.body.items.length} at limit ${limit}`);
    seen.push(...answer.body.items);
    cursor = answer.body.nextCursor;
    if (cursor === null) return seen;
    await between(page);
  }
  throw new Error(`${url}: no end`);
}
