import { z } from 'zod';
import { refuseExpression } from '../settings/expression-field.js';
import { refuse, refuseKey } from '../settings/refuse.js';
import { fieldRoots, isFieldPath } from './event-field.js';
import { compileRegex } from './linear-regex.js';
import { isRecord } from '../is-record.js';

/** How a condition compares a field with its value. */
export const operators = ['eq', 'ne', 'in', 'contains', 'starts', 'ends', 'gt', 'gte', 'lt', 'lte', 'exists', 'empty', 'matches'] as const;
export type Operator = (typeof operators)[number];

/** A question to an event: one comparison, or several joined. */
export type Condition = { field: string; op: Operator; value?: unknown } | { all: Condition[] } | { any: Condition[] } | { not: Condition };

/** Deep enough for people, shallow enough for the call stack. */
const deepest = 20;

/**
 * The schema of a condition. It is checked by hand and not by a union of schemas, so that a mistake is named by its own path
 * (`when.all[1].op`) and not as «none of four shapes».
 */
export const conditionSchema = z.unknown().superRefine((value, context) => {
  checkCondition(value, [], context);
}) as unknown as z.ZodType<Condition, Condition>;

/** The same, or a JSONata text in place of the whole condition. */
export const questionSchema = z.unknown().superRefine((value, context) => {
  if (typeof value === 'string') refuseExpression(value, context);
  else checkCondition(value, [], context);
}) as unknown as z.ZodType<Condition | string, Condition | string>;

type Context = z.core.$RefinementCtx;
type Path = readonly PropertyKey[];

function checkCondition(value: unknown, path: Path, context: Context): void {
  if (path.length > deepest * 2) {
    refuse(context, { ru: `Условия вложены глубже ${deepest} уровней`, en: `Conditions are nested deeper than ${deepest} levels` }, path);
  } else if (typeof value === 'string') {
    const ru = 'Внутри условия выражению JSONata места нет: оно заменяет всё условие целиком';
    refuse(context, { ru, en: 'A JSONata expression has no place inside a condition: it stands for the whole of it' }, path);
  } else if (!isRecord(value)) {
    refuse(context, { ru: 'Задайте условие: поле, сравнение и значение', en: 'Give a condition: a field, a comparison and a value' }, path);
  } else if ('all' in value) {
    checkList(value, 'all', path, context);
  } else if ('any' in value) {
    checkList(value, 'any', path, context);
  } else if ('not' in value) {
    checkKeys(value, ['not'], path, context);
    checkCondition(value['not'], [...path, 'not'], context);
  } else {
    checkComparison(value, path, context);
  }
}

function checkList(value: Record<string, unknown>, key: 'all' | 'any', path: Path, context: Context): void {
  checkKeys(value, [key], path, context);
  const list = value[key];
  if (Array.isArray(list)) list.forEach((part, place) => checkCondition(part, [...path, key, place], context));
  else refuse(context, { ru: 'Здесь нужен список условий', en: 'A list of conditions is needed here' }, [...path, key]);
}

function checkComparison(value: Record<string, unknown>, path: Path, context: Context): void {
  checkKeys(value, ['field', 'op', 'value'], path, context);
  const { field, op } = value;
  if (typeof field !== 'string' || !isFieldPath(field)) {
    const roots = fieldRoots.join(', ');
    const ru = `Поле пишется как message.text и начинается с одного из: ${roots}`;
    refuse(context, { ru, en: `A field is written as message.text and begins with one of: ${roots}` }, [...path, 'field']);
  }
  if (!isOperator(op)) {
    refuse(context, { ru: `Сравнение — одно из: ${operators.join(', ')}`, en: `A comparison is one of: ${operators.join(', ')}` }, [
      ...path,
      'op',
    ]);
    return;
  }
  checkValue(op, value['value'], [...path, 'value'], context);
}

function checkValue(op: Operator, value: unknown, path: Path, context: Context): void {
  if (op === 'exists' || op === 'empty') {
    if (value !== undefined && typeof value !== 'boolean') {
      refuse(context, { ru: 'Здесь бывает только true, false или ничего', en: 'Only true, false or nothing can stand here' }, path);
    }
  } else if (op === 'in') {
    if (!Array.isArray(value) || !value.every(isScalar)) {
      refuse(context, { ru: 'Здесь нужен список значений', en: 'A list of values is needed here' }, path);
    }
  } else if (op === 'matches') {
    const regex = typeof value === 'string' ? compileRegex(value) : undefined;
    if (!regex) refuse(context, { ru: 'Здесь нужно регулярное выражение', en: 'A regular expression is needed here' }, path);
    else if ('problem' in regex) refuse(context, regex.problem, path);
  } else if (!isScalar(value) || (typeof value === 'boolean' && !['eq', 'ne', 'contains'].includes(op))) {
    refuse(context, { ru: 'Здесь нужен текст или число', en: 'A text or a number is needed here' }, path);
  }
}

function checkKeys(value: Record<string, unknown>, known: readonly string[], path: Path, context: Context): void {
  for (const key of Object.keys(value)) if (!known.includes(key)) refuseKey(context, key, path);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isOperator(op: unknown): op is Operator {
  return operators.some((known) => known === op);
}
