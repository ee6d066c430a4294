import { isEmpty, listOf, recordOf, textOf } from './read-value.js';

/** A condition as the builder draws it: a comparison or a group, either of them possibly turned round. */
export type ConditionTree =
  | { kind: 'compare'; negated: boolean; field: string; op: string; value: unknown }
  | { kind: 'group'; negated: boolean; join: 'all' | 'any'; parts: ConditionTree[] };

/** Comparisons that make sense where the values are chosen from a list. */
export const choosingOperators: readonly string[] = ['eq', 'ne', 'in', 'exists', 'empty'];

/** Comparisons that take no value, and the one that takes a list. */
export const valueless: readonly string[] = ['exists', 'empty'];
export const takesList = (op: string): boolean => op === 'in';
export const takesNumber = (op: string): boolean => ['gt', 'gte', 'lt', 'lte'].includes(op);

export const newComparison: ConditionTree = { kind: 'compare', negated: false, field: 'message.text', op: 'contains', value: '' };

/** Reads a stored condition. Undefined for what the builder cannot draw: nothing, or an expression as text. */
export function parseCondition(stored: unknown): ConditionTree | undefined {
  const record = recordOf(stored);
  if ('not' in record) {
    const inner = parseCondition(record.not);
    return inner && { ...inner, negated: !inner.negated };
  }
  for (const join of ['all', 'any'] as const) {
    if (!(join in record)) continue;
    const parts = listOf(record[join]).map(parseCondition);
    return { kind: 'group', negated: false, join, parts: parts.filter((part) => part !== undefined) };
  }
  if (!('field' in record) && !('op' in record)) return undefined;
  return { kind: 'compare', negated: false, field: textOf(record.field), op: textOf(record.op), value: record.value };
}

/** The stored form of a condition. */
export function toCondition(tree: ConditionTree): Record<string, unknown> {
  const plain =
    tree.kind === 'group'
      ? { [tree.join]: tree.parts.map(toCondition) }
      : { field: tree.field, op: tree.op, ...(valueless.includes(tree.op) ? {} : { value: tree.value ?? '' }) };
  return tree.negated ? { not: plain } : plain;
}

/** Another comparison beside this one: a group grows, a single comparison becomes a group of two. */
export function withPart(tree: ConditionTree, part: ConditionTree): ConditionTree {
  if (tree.kind === 'group') return { ...tree, parts: [...tree.parts, part] };
  return { kind: 'group', negated: false, join: 'all', parts: [tree, part] };
}

/** Without the part of that place; a group of one that is left is that one, an empty one is nothing. */
export function withoutPart(tree: ConditionTree, index: number): ConditionTree | undefined {
  if (tree.kind !== 'group') return undefined;
  const parts = tree.parts.toSpliced(index, 1);
  const [only] = parts;
  if (parts.length === 1 && only && !tree.negated) return only;
  return parts.length === 0 ? undefined : { ...tree, parts };
}

/** The value that fits another operator as well as can be: a text becomes a list of one and back. */
export function fitValue(value: unknown, op: string): unknown {
  if (valueless.includes(op)) return undefined;
  if (takesList(op)) return Array.isArray(value) ? value : isEmpty(value) ? [] : [value];
  const single = Array.isArray(value) ? value[0] : value;
  if (takesNumber(op)) return Number.isFinite(Number(single)) && !isEmpty(single) ? Number(single) : 0;
  return typeof single === 'boolean' ? single : textOf(single);
}

/** A comparison of another field. Where either field's values are chosen from a list, a value of the one says nothing of the other. */
export function withField(
  tree: Extract<ConditionTree, { kind: 'compare' }>,
  field: string,
  { had, has }: { had: boolean; has: boolean },
): ConditionTree {
  if (field === tree.field) return tree;
  const op = has && !choosingOperators.includes(tree.op) ? 'eq' : tree.op;
  return { ...tree, field, op, value: fitValue(had || has ? '' : tree.value, op) };
}
