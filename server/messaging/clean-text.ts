/**
 * A copy of plain data whose texts PostgreSQL can store: it takes neither NUL nor half a surrogate pair. Everything else stays as the client wrote it.
 * Depth is bounded by what connectors build.
 */
export function cleanText<T>(value: T): T {
  if (typeof value === 'string') return clean(value) as T;
  if (Array.isArray(value)) return value.map(cleanText) as T;
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [clean(key), cleanText(inner)])) as T;
  return value;
}

function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
