/** Whether a result means yes, as the language's own `$boolean` says: nothing, empty texts, lists and objects, 0 and null mean no. */
export function isYes(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isYes);
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
