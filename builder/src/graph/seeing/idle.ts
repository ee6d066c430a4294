/** Days without a run after which a rule or a step is pointed at. */
export const idleDays = 30;

/** What is known of when something ran; instants as RFC 3339. */
interface Ran {
  lastAt: string | null;
  /** Since when it has been live; null for what never was. */
  since: string | null;
}

/** Whether something that is live has not run for 30 days. What went live later than that is given its time. `now` is in ms since 1970. */
export function isIdle({ lastAt, since }: Ran, now: number): boolean {
  const start = now - idleDays * 86_400_000;
  return since !== null && Date.parse(since) < start && (lastAt === null || Date.parse(lastAt) < start);
}
