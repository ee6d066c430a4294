/** Spells a JSON path as problems do: `nodes[1].settings.txet`; a key that is no plain name is quoted in brackets. */
export function spellPath(path: readonly PropertyKey[]): string {
  let spelt = '';
  for (const key of path) {
    if (typeof key === 'number') spelt += `[${key}]`;
    else if (plainName.test(String(key))) spelt += spelt === '' ? String(key) : `.${String(key)}`;
    else spelt += `[${JSON.stringify(String(key))}]`;
  }
  return spelt;
}

/** Joins a path and one that is relative to it: `nodes[1].settings` and `cases[0].in` or `[0]`. */
export function joinPaths(base: string, relative: string | undefined): string {
  if (!relative) return base;
  return relative.startsWith('[') || base === '' ? base + relative : `${base}.${relative}`;
}

/** The keys of a spelt path, places in lists as numbers; undefined where the path cannot be read. */
export function readPath(path: string): (string | number)[] | undefined {
  const keys: (string | number)[] = [];
  for (const [, place, quoted, name] of path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\.?([\p{L}\p{N}_$-]+)|./gu)) {
    if (place !== undefined) keys.push(Number(place));
    else if (name !== undefined) keys.push(name);
    else if (quoted !== undefined && isJson(quoted)) keys.push(String(JSON.parse(quoted)));
    else return undefined;
  }
  return keys;
}

/**
 * What stands at a spelt path; undefined when there is nothing, or the path cannot be read. In a list whose entries have ids, a name is the id of
 * an entry: `nodes.answer.settings.text` stays right when other nodes come and go, `nodes[2].settings.text` does not.
 */
export function valueAt(json: unknown, path: string): unknown {
  const keys = readPath(path);
  if (!keys) return undefined;
  let value = json;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) return undefined;
    const entry: unknown = Array.isArray(value) && typeof key === 'string' ? value.find((one) => hasId(one, key)) : undefined;
    if (entry === undefined && !Object.hasOwn(value, key)) return undefined;
    value = entry ?? Object.entries(value).find(([own]) => own === String(key))?.[1];
  }
  return value;
}

function hasId(entry: unknown, id: string): boolean {
  return typeof entry === 'object' && entry !== null && 'id' in entry && entry.id === id;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const plainName = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u;
