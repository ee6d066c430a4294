import { settingsForm, type NodeType } from '../../../../rules/index.js';
import { fieldsOf, type FieldSchema } from '../form/field-schema.js';

type Key = string | number;

/** What stands in a part of the settings, by the keys that lead there; undefined where nothing does. */
export function partAt(settings: unknown, keys: readonly Key[]): unknown {
  let value = settings;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Object.entries(value).find(([own]) => own === String(key))?.[1];
  }
  return value;
}

/** The settings with a part replaced; `undefined` takes it out, and an entry of a list with it. */
export function withPartAt(settings: unknown, [key, ...rest]: readonly Key[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(settings)) {
    const place = Number(key);
    const next = withPartAt(settings[place], rest, value);
    return next === undefined ? settings.toSpliced(place, 1) : settings.with(place, next);
  }
  const record = typeof settings === 'object' && settings !== null ? settings : {};
  const own = Object.entries(record).find(([name]) => name === String(key))?.[1];
  const next = withPartAt(own, rest, value);
  const others = Object.entries(record).filter(([name]) => name !== String(key));
  if (next === undefined) return Object.fromEntries(others);
  // A key that is there keeps its place: files and comparisons read better.
  return Object.hasOwn(record, key)
    ? Object.fromEntries(Object.entries(record).map(([name, before]) => [name, name === String(key) ? next : before]))
    : Object.fromEntries([...others, [String(key), next]]);
}

/**
 * How a part of a node's settings is entered, and whether it must be. What the schema leaves open (the value that a condition compares with) is drawn by
 * the value that stands there.
 */
export function schemaAt(nodeType: NodeType, keys: readonly Key[], value: unknown): { schema: FieldSchema; required: boolean } {
  let form: { properties?: Record<string, unknown>; required?: string[] } = settingsForm(nodeType);
  for (const [at, key] of keys.entries()) {
    const field = fieldsOf(form).find(({ name }) => name === String(key));
    if (!field) break;
    if (at === keys.length - 1) return field;
    form = field.schema;
  }
  return { schema: schemaOf(value), required: true };
}

function schemaOf(value: unknown): FieldSchema {
  if (Array.isArray(value)) return { type: 'array', items: { type: 'string' } };
  return { type: typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string' };
}
