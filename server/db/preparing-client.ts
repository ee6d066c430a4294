import { createHash } from 'node:crypto';
import pg from 'pg';

/** A connection that can have its statements prepared: read once, then run by name (see `AccountScope.runPrepared`). */
export class PreparingClient extends pg.Client {
  isPreparing = false;
}

// Overloads that only a wrapper of all of them keeps.
const query = Reflect.get(pg.Client.prototype, 'query') as (...given: unknown[]) => unknown;
Reflect.set(PreparingClient.prototype, 'query', function (this: PreparingClient, ...given: unknown[]) {
  const [text, values, ...rest] = given;
  const isNamed = this.isPreparing && typeof text === 'string' && Array.isArray(values);
  return Reflect.apply(query, this, isNamed ? [{ name: nameOf(text), text, values }, ...rest] : given);
});

let names = new Map<string, string>();
let generation = 0;

/** Names are the connection's own; statements of one text share theirs. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `${generation}-${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
    names.set(text, name);
  }
  return name;
}

/** A statement that failed because a migration changed what it gives since it was prepared: from the next one on all are prepared anew. */
export function forgetStalePlans(error: unknown): void {
  if (!(error instanceof Error) || Reflect.get(error, 'code') !== '0A000' || !error.message.includes('cached plan')) return;
  names = new Map();
  generation += 1;
}
