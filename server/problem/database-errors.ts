/** Whether a statement broke a unique index; with `constraint`, that one. For names that two people take at once. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return codeOf(error) === '23505' && (constraint === undefined || memberOf(error, 'constraint') === constraint);
}

/** Whether the database is away or too busy for this statement, so that the same request may succeed later. */
export function isDatabaseAway(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined && (awayCodes.has(code) || code.startsWith('08'))) return true;
  return error instanceof Error && awayMessages.test(error.message);
}

// Refused or cut sockets, shutting down, starting up, too many connections, statement or lock timeouts, a read-only standby.
const awayCodes = new Set(
  'ECONNREFUSED ECONNRESET ETIMEDOUT EPIPE EHOSTUNREACH ENOTFOUND 57P01 57P02 57P03 57014 55P03 53300 53400 25006 40001 40P01'.split(' '),
);
// What pg and its pool say without a code, and PostgreSQL with a code that it uses for much else.
const awayMessages =
  /^Connection terminated|^timeout exceeded when trying to connect|^Query read timeout|not queryable|not currently accepting connections|^Driver not Connected/i;

function codeOf(error: unknown): string | undefined {
  const code = memberOf(error, 'code');
  if (code !== undefined) return code;
  // A dual-stack connect fails with one error for each address.
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}

/** TypeORM wraps the driver's error and keeps it as `driverError`. */
function memberOf(error: unknown, name: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, name);
  if (typeof value === 'string') return value;
  const inner: unknown = Reflect.get(error, 'driverError');
  return inner === undefined || inner === error ? undefined : memberOf(inner, name);
}
