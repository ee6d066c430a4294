import type { Claim, Claims } from '../claim.js';
import { eventTypes } from '../event.js';

/** An event with a message, of which this holds as well. */
export function ofMessage(...claims: readonly Claim[]): Claims {
  return [[{ kind: 'types', types: ['message-received', 'message-sent'] }, ...claims]];
}

/** An event without a message. */
export const ofNoMessage: Claims = [
  [{ kind: 'types', types: eventTypes.filter((type) => type !== 'message-received' && type !== 'message-sent') }],
];
