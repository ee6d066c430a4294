import type { Bilingual } from '../bilingual.js';
import type { RuleEvent } from '../event.js';
import type { Variables } from '../memory.js';
import { compileCondition } from './compile-condition.js';
import type { Condition } from './condition.js';
import { describeCondition } from './describe-condition.js';
import { compileField } from './event-field.js';

/** A condition asked of one event, with every part of it, also those that were not needed to decide. */
export interface ExplainedCondition {
  text: Bilingual;
  holds: boolean;
  /** Of a comparison: the field, and the value that the event has there (absent: none). */
  field?: string;
  found?: unknown;
  /** How the parts are joined. */
  join?: 'all' | 'any' | 'not';
  parts?: ExplainedCondition[];
}

/**
 * @param condition one that the schema accepted
 * @param variables the run's
 */
export function explainCondition(condition: Condition, event: RuleEvent, variables: Variables = {}): ExplainedCondition {
  const explained: ExplainedCondition = { text: describeCondition(condition), holds: compileCondition(condition)(event, variables) };
  if ('all' in condition)
    return { ...explained, join: 'all', parts: condition.all.map((part) => explainCondition(part, event, variables)) };
  if ('any' in condition)
    return { ...explained, join: 'any', parts: condition.any.map((part) => explainCondition(part, event, variables)) };
  if ('not' in condition) return { ...explained, join: 'not', parts: [explainCondition(condition.not, event, variables)] };
  const found = compileField(condition.field)(event, variables);
  return { ...explained, field: condition.field, ...(found !== undefined && { found }) };
}
