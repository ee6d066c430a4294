import type { Bilingual } from '../bilingual.js';
import type { Condition, Operator } from './condition.js';
import { valueLabel } from './field-values.js';

/** A condition in words, for a card: «текст сообщения содержит „цена“ и …». */
export function describeCondition(condition: Condition): Bilingual {
  if ('all' in condition) return join(condition.all, { ru: ' и ', en: ' and ' }, { ru: 'всегда', en: 'always' });
  if ('any' in condition) return join(condition.any, { ru: ' или ', en: ' or ' }, { ru: 'никогда', en: 'never' });
  if ('not' in condition) {
    const part = describeCondition(condition.not);
    return { ru: `не (${part.ru})`, en: `not (${part.en})` };
  }
  const field = fieldLabel(condition.field);
  const op = operatorLabels[condition.op];
  const isNegated = (condition.op === 'exists' || condition.op === 'empty') && condition.value === false;
  const value = condition.op === 'exists' || condition.op === 'empty' ? undefined : showValue(condition.field, condition.value);
  // «сделка открыта: да» reads better than «сделка открыта равно «да»».
  if (condition.op === 'eq' && typeof condition.value === 'boolean' && value)
    return { ru: `${field.ru}: ${value.ru}`, en: `${field.en}: ${value.en}` };
  return {
    ru: `${field.ru} ${isNegated ? 'не ' : ''}${op.ru}${value === undefined ? '' : ` «${value.ru}»`}`,
    en: `${field.en} ${isNegated ? 'not ' : ''}${op.en}${value === undefined ? '' : ` “${value.en}”`}`,
  };
}

/** What a form and a card call a field; a path without a name stays a path. */
export function fieldLabel(path: string): Bilingual {
  return fieldLabels[path] ?? { ru: path, en: path };
}

/** What a form and a card call a comparison. */
export const operatorLabels: Record<Operator, Bilingual> = {
  eq: { ru: 'равно', en: 'is' },
  ne: { ru: 'не равно', en: 'is not' },
  in: { ru: 'одно из', en: 'is one of' },
  contains: { ru: 'содержит', en: 'contains' },
  starts: { ru: 'начинается с', en: 'starts with' },
  ends: { ru: 'заканчивается на', en: 'ends with' },
  gt: { ru: 'больше', en: 'is greater than' },
  gte: { ru: 'не меньше', en: 'is at least' },
  lt: { ru: 'меньше', en: 'is less than' },
  lte: { ru: 'не больше', en: 'is at most' },
  exists: { ru: 'задано', en: 'is known' },
  empty: { ru: 'пусто', en: 'is empty' },
  matches: { ru: 'подходит под выражение', en: 'matches' },
};

/** Fields that a form offers, with their names. */
export const fieldLabels: Record<string, Bilingual> = {
  'message.text': { ru: 'текст сообщения', en: 'message text' },
  'message.kind': { ru: 'вид сообщения', en: 'message kind' },
  'message.origin': { ru: 'кто написал', en: 'who wrote' },
  'message.attachments': { ru: 'вложения', en: 'attachments' },
  'contact.id': { ru: 'ID клиента', en: 'client’s id' },
  'contact.name': { ru: 'имя клиента', en: 'client’s name' },
  'contact.username': { ru: 'имя пользователя клиента', en: 'client’s user name' },
  'contact.phone': { ru: 'телефон клиента', en: 'client’s phone' },
  'channel.id': { ru: 'ID канала', en: 'channel id' },
  'channel.kind': { ru: 'вид канала', en: 'channel kind' },
  'channel.name': { ru: 'название канала', en: 'channel name' },
  'channel.surface': { ru: 'директ или комментарии', en: 'direct or comments' },
  'chat.type': { ru: 'вид чата', en: 'chat type' },
  'chat.title': { ru: 'название чата', en: 'chat title' },
  'conversation.number': { ru: 'номер беседы', en: 'conversation number' },
  'conversation.status': { ru: 'состояние беседы', en: 'conversation state' },
  'conversation.inbound': { ru: 'сообщений от клиента в беседе', en: 'received in the conversation' },
  'conversation.outbound': { ru: 'сообщений клиенту в беседе', en: 'sent in the conversation' },
  'deal.id': { ru: 'ID сделки', en: 'deal id' },
  'deal.pipeline': { ru: 'воронка', en: 'pipeline' },
  'deal.stage': { ru: 'этап', en: 'stage' },
  'deal.open': { ru: 'сделка открыта', en: 'deal is open' },
  'deal.responsible': { ru: 'ответственный', en: 'responsible' },
  'deal.tags': { ru: 'теги сделки', en: 'deal tags' },
  'event.type': { ru: 'событие', en: 'event' },
};

function join(parts: readonly Condition[], by: Bilingual, none: Bilingual): Bilingual {
  if (parts.length === 0) return none;
  const texts = parts.map((part) => {
    const text = describeCondition(part);
    return 'field' in part || parts.length === 1 ? text : { ru: `(${text.ru})`, en: `(${text.en})` };
  });
  return { ru: texts.map((text) => text.ru).join(by.ru), en: texts.map((text) => text.en).join(by.en) };
}

function showValue(field: string, value: unknown): Bilingual {
  const labels = (Array.isArray(value) ? value : [value]).map((one) => valueLabel(field, one));
  return { ru: labels.map(({ ru }) => ru).join(', '), en: labels.map(({ en }) => en).join(', ') };
}
