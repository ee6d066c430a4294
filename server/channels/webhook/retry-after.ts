/** A day: a receiver that asks for more is asked again earlier. */
const longestWaitMs = 86_400_000;

/** How long a `Retry-After` header asks to wait from `now` (ms since 1970), in ms: whole seconds or an HTTP date; null when there is none or no sense in it. */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, longestWaitMs);
  // Date.parse takes almost anything, HTTP only `Sun, 06 Nov 1994 08:49:37 GMT`.
  const at = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.min(Math.max(at - now, 0), longestWaitMs);
}
