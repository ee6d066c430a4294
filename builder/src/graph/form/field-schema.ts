import type { Bilingual } from '../../../../rules/index.js';

/** What a form knows of one setting: JSON Schema with the labels and hints of the node type. */
export interface FieldSchema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  items?: FieldSchema;
  anyOf?: FieldSchema[];
  properties?: Record<string, unknown>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
  label?: Bilingual;
  help?: Bilingual;
  placeholder?: Bilingual;
  widget?: string;
  options?: Record<string, Bilingual>;
}

export interface FormField {
  name: string;
  schema: FieldSchema;
  required: boolean;
}

/** The fields of a form, in the order of the node type's schema. */
export function fieldsOf(form: { properties?: Record<string, unknown>; required?: string[] }): FormField[] {
  const required = new Set(form.required);
  return Object.entries(form.properties ?? {}).flatMap(([name, schema]) =>
    isSchema(schema) ? [{ name, schema: withInner(schema), required: required.has(name) }] : [],
  );
}

/** JSON Schema allows `true` for «anything»: that is no field. What the node types say of labels is held by their own tests. */
function isSchema(schema: unknown): schema is FieldSchema {
  return typeof schema === 'object' && schema !== null;
}

/** The kind of input for a setting: its widget where it names one, else by what its schema allows. */
export function widgetOf({ widget, enum: values, items, type }: FieldSchema): string {
  if (widget) return widget;
  if (values) return values.length > 4 ? 'select' : 'radio';
  if (type === 'array') return items?.enum ? 'choices' : 'lines';
  if (type === 'object') return 'object';
  if (type === 'boolean') return 'boolean';
  if (type === 'number' || type === 'integer') return 'number';
  return 'text';
}

/** A union that only adds «or nothing», or wraps one real alternative, is drawn as that alternative. */
function withInner(schema: FieldSchema): FieldSchema {
  if (schema.enum || schema.type || !schema.anyOf) return schema;
  const real = schema.anyOf.filter(({ type }) => type !== 'null');
  const constants = real.filter((one) => one.const !== undefined);
  if (constants.length === real.length) return { ...schema, enum: constants.map((one) => one.const) };
  return real[0] ? { ...real[0], ...schema } : schema;
}
