import { z } from 'zod';
import type { Language } from '../i18n.js';

const bilingual = z.object({ ru: z.string(), en: z.string() });

/** What is read of one setting in a connector's JSON Schema; `label` and the like come from the schema's meta. */
const property = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  default: z.unknown().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  label: bilingual.optional(),
  help: bilingual.optional(),
  placeholder: bilingual.optional(),
  secret: z.boolean().optional(),
  options: z.record(z.string(), bilingual).optional(),
  items: z.object({ type: z.string().optional() }).optional(),
});
const formSchema = z.object({ properties: z.record(z.string(), property).default({}), required: z.array(z.string()).default([]) });

/** One input of the connect form. `lines` is a list of texts, one a line. */
export interface FormField {
  name: string;
  kind: 'text' | 'long-text' | 'secret' | 'number' | 'switch' | 'choice' | 'lines';
  label: string;
  help?: string;
  placeholder?: string;
  isRequired: boolean;
  options?: { value: string; label: string }[];
  min?: number;
  max?: number;
  /** What stands there before anything is entered. */
  initial: string | boolean;
}

export type FormValues = Record<string, string | boolean>;

/** The inputs of a connector's settings in order, in the reader's language. A schema that is no form gives none. */
export function toFields(form: Record<string, unknown>, language: Language): FormField[] {
  const parsed = formSchema.safeParse(form);
  if (!parsed.success) return [];
  const { properties, required } = parsed.data;
  return Object.entries(properties).map(([name, schema]) => {
    const kind = kindOf(schema);
    return {
      name,
      kind,
      label: schema.label?.[language] ?? name,
      isRequired: required.includes(name) && schema.default === undefined,
      initial: toInput(schema.default, kind),
      ...(schema.help && { help: schema.help[language] }),
      ...(schema.placeholder && { placeholder: schema.placeholder[language] }),
      ...(schema.enum && { options: schema.enum.map((value) => ({ value, label: schema.options?.[value]?.[language] ?? value })) }),
      ...(schema.minimum !== undefined && { min: schema.minimum }),
      ...(schema.maximum !== undefined && { max: schema.maximum }),
    };
  });
}

/** What the inputs show of settings that are saved: secrets never come, their inputs are empty. */
export function toFormValues(fields: FormField[], settings: Record<string, unknown>): FormValues {
  return Object.fromEntries(fields.map(({ name, kind, initial }) => [name, name in settings ? toInput(settings[name], kind) : initial]));
}

/**
 * The settings to send. An empty secret is left out, so that the one that is set stays; an emptied text is sent where something stood (also a default),
 * an emptied number as null, which takes it away.
 */
export function toSettings(fields: FormField[], values: FormValues, before: Record<string, unknown> = {}): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const { name, kind, initial } of fields) {
    const value = values[name];
    if (value === undefined) continue;
    if (typeof value === 'boolean') settings[name] = value;
    else if (kind === 'lines') {
      settings[name] = value
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
    } else if (value.trim() !== '') settings[name] = kind === 'number' ? Number(value) : kind === 'long-text' ? value : value.trim();
    else if (kind === 'number' && name in before) settings[name] = null;
    else if (kind !== 'secret' && kind !== 'number' && (name in before || initial !== '')) settings[name] = '';
  }
  return settings;
}

function kindOf(schema: z.infer<typeof property>): FormField['kind'] {
  if (schema.secret) return 'secret';
  if (schema.enum) return 'choice';
  if (schema.type === 'boolean') return 'switch';
  if (schema.type === 'number' || schema.type === 'integer') return 'number';
  if (schema.type === 'array') return 'lines';
  return (schema.maxLength ?? 0) > 200 && (schema.maxLength ?? 0) < 2000 ? 'long-text' : 'text';
}

function toInput(value: unknown, kind: FormField['kind']): string | boolean {
  if (kind === 'switch') return value === true;
  if (Array.isArray(value)) return value.map(String).join('\n');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
