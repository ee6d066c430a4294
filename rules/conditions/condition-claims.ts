import { bothClaims, eitherClaims, impossible, type Claims } from '../claim.js';
import type { Condition } from './condition.js';

/** What is certain of an event of which a condition holds, or does not. */
export function conditionClaims(condition: Condition, holds: boolean): Claims {
  if ('not' in condition) return conditionClaims(condition.not, !holds);
  if ('field' in condition) {
    // Variables change as a run goes on, so what was true of one says nothing later.
    return condition.field.startsWith('vars.') ? [[]] : [[{ kind: 'field', is: condition, holds }]];
  }
  const isAll = 'all' in condition;
  const parts = (isAll ? condition.all : condition.any).map((part) => conditionClaims(part, holds));
  if (isAll === holds) return bothClaims(...parts);
  return parts.length === 0 ? impossible : eitherClaims(...parts);
}
