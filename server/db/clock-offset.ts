/** Leases, due times and limits are the database's clock, receipts and ages this machine's: further apart, replies would be held back or sent early. */
export const mostClockOffsetMs = 2_000;

/**
 * How far this machine's clock is from PostgreSQL's, in ms; ahead is positive. What the answer took on its way is nobody's fault: the clock was read at some
 * instant in between, and within it the two agree.
 */
export async function readClockOffset(query: (sql: string) => Promise<{ ms: number }[]>): Promise<number> {
  const asked = Date.now();
  const [row] = await query('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms');
  const answered = Date.now();
  const ms = row?.ms ?? asked;
  return ms < asked ? asked - ms : Math.min(0, answered - ms);
}
