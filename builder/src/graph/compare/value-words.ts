import { conditionSchema, describeCondition, describeDuration, parseDuration, type Language } from '../../../../rules/index.js';
import { fieldsOf, type FieldSchema } from '../form/field-schema.js';
import { recordOf, textOf } from '../form/read-value.js';
import { nameIds } from '../name-ids.js';

/** What words depend on: the reader's language, texts of the rules pages, names of users and channels by id. */
export interface Reader {
  language: Language;
  t: (key: string, values?: Record<string, unknown>) => string;
  names: ReadonlyMap<string, string>;
}

/**
 * A setting in words, as its form shows it: labels in place of keys, choices by their names, conditions and durations as sentences.
 * @param schema the setting's own, as far as the node type says; undefined for what it does not know
 */
export function valueWords(value: unknown, schema: FieldSchema | undefined, reader: Reader): string {
  const { language, t } = reader;
  if (value === undefined || value === '' || value === null || (Array.isArray(value) && value.length === 0)) return t('diff.nothing');
  const option = schema?.options?.[textOf(value)];
  if (option) return option[language];
  if (typeof value === 'boolean') return t(value ? 'diff.yes' : 'diff.no');
  if (schema?.widget === 'duration') return describeDuration(parseDuration(textOf(value)) ?? 0)[language];
  if (schema?.widget === 'condition' && typeof value === 'object') {
    const condition = conditionSchema.safeParse(value);
    if (condition.success) return nameIds(describeCondition(condition.data)[language], reader.names);
  }
  if (Array.isArray(value)) return entryWords(value, schema, reader).join(isShort(value) ? ', ' : '\n');
  if (typeof value === 'object') return recordWords(value, schema, reader);
  return nameIds(textOf(value), reader.names);
}

/** The entries of a list, each in words. */
export function entryWords(list: readonly unknown[], schema: FieldSchema | undefined, reader: Reader): string[] {
  return list.map((entry) => {
    if (schema?.widget === 'weekdays') return reader.t(`weekdays.${textOf(entry)}`);
    // A stretch of time is a pair of clock times.
    if (Array.isArray(entry)) return entry.map((part) => valueWords(part, undefined, reader)).join('–');
    return valueWords(entry, schema?.items, reader);
  });
}

function recordWords(value: object, schema: FieldSchema | undefined, reader: Reader): string {
  const fields = new Map(fieldsOf(schema ?? {}).map((field) => [field.name, field.schema]));
  const known = Object.entries(recordOf(value)).filter(([, inner]) => inner !== undefined && inner !== '');
  if (known.length === 0) return reader.t('diff.nothing');
  return known
    .map(([key, inner]) => {
      const field = fields.get(key);
      return `${field?.label?.[reader.language] ?? key}: ${valueWords(inner, field, reader)}`;
    })
    .join('; ');
}

function isShort(list: readonly unknown[]): boolean {
  return list.every((entry) => typeof entry !== 'object' && textOf(entry).length < 40);
}
