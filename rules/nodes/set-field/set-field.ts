import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import { isAboutSomebody } from '../../conditions/event-field.js';
import type { RuleEvent } from '../../event.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { nameField, templateField } from '../../settings/fields.js';
import { checkTemplate } from '../../settings/findings.js';
import { parseTemplate } from '../../text/template.js';
import { examples } from './set-field.examples.js';

const entities: Record<'deal' | 'contact', Bilingual> = {
  deal: { ru: 'Сделка', en: 'Deal' },
  contact: { ru: 'Контакт', en: 'Contact' },
};

const settings = z.strictObject({
  entity: z
    .enum(['deal', 'contact'])
    .default('deal')
    .meta({ label: { ru: 'Где', en: 'Where' }, options: entities }),
  field: nameField.meta({ label: { ru: 'Поле', en: 'Field' }, placeholder: { ru: 'Город', en: 'City' } }),
  value: templateField.default('').meta({
    label: { ru: 'Значение', en: 'Value' },
    help: { ru: 'Пусто — поле очищается', en: 'Empty clears the field' },
    placeholder: { ru: '%TEXT%', en: '%TEXT%' },
    widget: 'template',
  }),
  overwrite: z
    .boolean()
    .default(true)
    .meta({
      label: { ru: 'Заменять, если поле заполнено', en: 'Replace what the field holds' },
      help: { ru: 'Иначе заполняется только пустое поле', en: 'Otherwise only an empty field is filled' },
    }),
});
export type Settings = z.input<typeof settings>;

/** Writes a text to a field of the deal or the contact. */
export const setField = defineNode({
  type: 'set-field',
  family: 'action',
  icon: 'IconForms',
  title: { ru: 'Поле', en: 'Set a field' },
  description: { ru: 'Записывает значение в поле сделки или контакта', en: 'Writes a value to a field of the deal or the contact' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    written: { ru: 'поле «{field}»: {value}', en: 'the field “{field}”: {value}' },
    kept: { ru: 'поле «{field}» уже заполнено', en: 'the field “{field}” is filled already' },
    nobody: { ru: 'нет ни клиента, ни сделки', en: 'there is neither a client nor a deal' },
  },
  summary({ entity, field, value, overwrite }) {
    const { ru, en } = entities[entity];
    const text = value === '' ? '∅' : value;
    return {
      ru: `${ru}, ${field} = ${text}${overwrite ? '' : ', если пусто'}`,
      en: `${en}, ${field} = ${text}${overwrite ? '' : ' if empty'}`,
    };
  },
  check: ({ value }) => checkTemplate(value, 'value'),
  compile({ entity, field, value, overwrite }, { nodeId, timezone }) {
    const template = parseTemplate(value);
    const kept: Outcome = { go: 'next', because: { key: 'kept', values: { field } } };
    return ({ event, now }) => {
      if (!isAboutSomebody(event)) return nobody;
      if (!overwrite && isFilled(event, entity, field)) return kept;
      const filled = template.toText({ event, now, timezone, nodeId });
      return {
        go: 'next',
        because: { key: 'written', values: { field, value: filled } },
        effects: [{ type: 'set-field', entity, field, value: filled, ...(!overwrite && { overwrite }) }],
      };
    };
  },
  examples,
});

/** Whether the event itself shows a value there: as a field of its own, or among the CRM's. */
function isFilled(event: RuleEvent, entity: 'deal' | 'contact', field: string): boolean {
  const record = event[entity];
  return isValue(ownOf(record, field)) || isValue(ownOf(ownOf(record, 'fields'), field));
}

function ownOf(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name)) return undefined;
  return Object.getOwnPropertyDescriptor(record, name)?.value;
}

function isValue(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
}

const nobody: Outcome = {
  fail: 'There is no field to set: the event has neither a contact nor a conversation nor a deal',
  because: { key: 'nobody' },
};
