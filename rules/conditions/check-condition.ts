import type { Finding } from '../finding.js';
import type { Condition } from './condition.js';

/** Comparisons whose value was left empty: they hold always or never, which nobody draws on purpose. @param path the condition's own, `when` */
export function checkCondition(condition: Condition, path: string): Finding[] {
  if ('not' in condition) return checkCondition(condition.not, `${path}.not`);
  if ('field' in condition) return isUnfinished(condition) ? [unfinished(`${path}.value`)] : [];
  const [join, parts] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
  return parts.flatMap((part, place) => checkCondition(part, `${path}.${join}[${place}]`));
}

function isUnfinished({ op, value }: Extract<Condition, { field: string }>): boolean {
  return op !== 'exists' && op !== 'empty' && (value === '' || (Array.isArray(value) && value.length === 0));
}

function unfinished(path: string): Finding {
  return {
    code: 'condition-unfinished',
    severity: 'warning',
    path,
    text: { ru: 'В условии не указано значение', en: 'The condition has a comparison without a value' },
    mend: { ru: 'Укажите значение или уберите это сравнение', en: 'Give the value, or remove this comparison' },
  };
}
