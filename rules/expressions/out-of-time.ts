/** The wall clock stopped an expression. That says something of the machine and nothing of the event, so it is never a decision: try again. */
export class OutOfTime extends Error {
  override name = 'OutOfTime';
}
