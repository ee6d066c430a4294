import type { RuleEvent } from '../../rules/index.js';

/** Instants that were missed for longer than this are passed over: a server that was away all night does not send yesterday's reminders. */
export const catchUpMs = 15 * 60_000;

/** The event of a schedule at one of its instants (ms since 1970), the same for every version that has the step. */
export function tickOf(node: string, at: number): RuleEvent {
  const instant = new Date(at).toISOString().replace('.000Z', 'Z');
  return { type: 'schedule-ticked', id: `schedule/${node}/${instant}`, at: instant };
}
