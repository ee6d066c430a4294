import type { Bilingual } from '../bilingual.js';
import { chatOptions, kindOptions, originOptions, surfaceOptions } from '../settings/options.js';

/** A value that a field may have, and what people call it. */
export interface NamedValue {
  value: string | boolean;
  label: Bilingual;
}

/** The values of a field that has few and known ones; undefined for any other. Events may bring others all the same. */
export function valuesOfField(path: string): readonly NamedValue[] | undefined {
  return values.get(path);
}

/** What a form and a card call a field's value; one without a name is itself. */
export function valueLabel(path: string, value: unknown): Bilingual {
  const text = String(value);
  return values.get(path)?.find((one) => String(one.value) === text)?.label ?? { ru: text, en: text };
}

const yesNo: readonly NamedValue[] = [
  { value: true, label: { ru: 'да', en: 'yes' } },
  { value: false, label: { ru: 'нет', en: 'no' } },
];

const statuses: Record<'open' | 'closed', Bilingual> = {
  open: { ru: 'Открыта', en: 'Open' },
  closed: { ru: 'Закрыта', en: 'Closed' },
};

const channelKinds: Record<string, Bilingual> = {
  telegram: { ru: 'Telegram', en: 'Telegram' },
  whatsapp: { ru: 'WhatsApp', en: 'WhatsApp' },
  instagram: { ru: 'Instagram', en: 'Instagram' },
  vk: { ru: 'ВКонтакте', en: 'VK' },
  avito: { ru: 'Avito', en: 'Avito' },
  viber: { ru: 'Viber', en: 'Viber' },
  facebook: { ru: 'Facebook', en: 'Facebook' },
  webchat: { ru: 'Чат на сайте', en: 'Web chat' },
  webhook: { ru: 'Своя система', en: 'Own system' },
};

const values: ReadonlyMap<string, readonly NamedValue[]> = new Map([
  ['message.kind', named(kindOptions)],
  ['message.origin', named(originOptions)],
  ['channel.kind', named(channelKinds)],
  ['channel.surface', named(surfaceOptions)],
  ['chat.type', named(chatOptions)],
  ['conversation.status', named(statuses)],
  ['deal.open', yesNo],
  ['contact.bot', yesNo],
]);

function named(labels: Readonly<Record<string, Bilingual>>): readonly NamedValue[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
