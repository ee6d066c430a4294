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

/** What stands at a spelt path; undefined when there is nothing, or the path cannot be read. */
export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const [, bracket, name] of path.matchAll(/\[(\d+|"(?:[^"\\]|\\.)*")\]|\.?([\p{L}\p{N}_$-]+)|./gu)) {
    if (bracket === undefined && name === undefined) return undefined;
    const key = bracket === undefined ? name! : String(JSON.parse(bracket));
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Object.entries(value).find(([own]) => own === key)?.[1];
  }
  return value;
}

const plainName = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u;
