import type { Directory } from '../../../../api/rule-sets.js';
import { fieldLabel, valuesOfField, type Language } from '../../../../rules/index.js';

/** One value that a form offers for a field of an event, as a choice of a list: `value` is its text. */
export interface FieldChoice {
  value: string;
  label: string;
}

/** The fields that admins ask for, by what they are of; any other path may be typed. */
export const offeredFields: Readonly<Record<string, readonly string[]>> = {
  message: ['message.text', 'message.kind', 'message.origin'],
  channel: ['channel.name', 'channel.kind', 'channel.surface'],
  contact: ['contact.name', 'contact.username', 'contact.phone'],
  chat: ['chat.type', 'chat.title'],
  conversation: ['conversation.status', 'conversation.inbound', 'conversation.outbound'],
  deal: ['deal.pipeline', 'deal.stage', 'deal.open', 'deal.responsible', 'deal.tags'],
};

/** What a form calls a field, with a capital; a path without a name stays a path. */
export function fieldName(path: string, language: Language): string {
  const { [language]: label } = fieldLabel(path);
  return label === path ? path : label[0]?.toUpperCase() + label.slice(1);
}

/** The values to choose from: those that the product knows of, or this company's names. Undefined for a field whose value is written. */
export function choicesOf(path: string, { pipelines, users, channels }: Directory, language: Language): FieldChoice[] | undefined {
  const known = valuesOfField(path);
  if (known) return known.map(({ value, label }) => ({ value: String(value), label: label[language] }));
  const named = (names: readonly string[]) => [...new Set(names)].map((name) => ({ value: name, label: name }));
  switch (path) {
    case 'channel.name':
      return named(channels.map(({ name }) => name));
    case 'deal.pipeline':
      return named(pipelines.map(({ name }) => name));
    case 'deal.stage':
      return named(pipelines.flatMap(({ stages }) => stages.map(({ name }) => name)));
    case 'deal.responsible':
      return users.map(({ id, name }) => ({ value: id, label: name }));
    default:
      return undefined;
  }
}

/** What a chosen text stands for: fields that are yes or no hold no text. */
export function chosenValue(path: string, choice: string): string | boolean {
  return valuesOfField(path)?.find(({ value }) => String(value) === choice)?.value ?? choice;
}
