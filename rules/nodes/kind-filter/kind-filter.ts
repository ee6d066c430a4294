import { anything, eitherClaims, impossible } from '../../claim.js';
import { ofMessage, ofNoMessage } from '../../settings/message-claims.js';
import { z } from 'zod';
import { messageKind } from '../../conditions/event-field.js';
import { messageKinds } from '../../event.js';
import { defineNode, type Outcome } from '../../node-type.js';
import {
  checkList,
  decideByList,
  emptyListReason,
  filterPortLabels,
  listModeField,
  passEmptyList,
  summarizeList,
} from '../../settings/block-allow.js';
import { kindOptions } from '../../settings/options.js';
import { examples } from './kind-filter.examples.js';

const settings = z.strictObject({
  mode: listModeField,
  list: z
    .array(z.enum(messageKinds).meta({ options: kindOptions }))
    .default([])
    .meta({ label: { ru: 'Виды сообщений', en: 'Message kinds' } }),
});
export type Settings = z.input<typeof settings>;

/** Filters messages of the listed kinds, or of all others; an empty list filters nothing. */
export const kindFilter = defineNode({
  type: 'kind-filter',
  family: 'filter',
  icon: 'IconFileOff',
  title: { ru: 'Фильтр по виду', en: 'Kind filter' },
  description: {
    ru: 'Отсеивает голосовые, стикеры, ответы на истории и другие виды сообщений',
    en: 'Filters voice messages, stickers, story replies and other kinds of messages',
  },
  settings,
  ports: ['pass', 'filtered'],
  portLabels: filterPortLabels,
  reasons: {
    listed: { ru: 'вид сообщения есть в списке: {entry}', en: 'the message’s kind is listed: {entry}' },
    'not-listed': { ru: 'вида сообщения нет в списке', en: 'the message’s kind is not listed' },
    'empty-list': emptyListReason,
    'no-message': { ru: 'в событии нет сообщения', en: 'the event has no message' },
  },
  expectedPorts: ['pass'],
  summary({ mode, list }) {
    const names = list.map((kind) => kindOptions[kind]);
    return summarizeList(mode, names, { ru: 'пропускает всё', en: 'everything passes' });
  },
  check: ({ list }) => checkList(list, () => true, words),
  claims({ mode, list }) {
    if (list.length === 0) return (port) => (port === 'pass' ? anything : impossible);
    const is = { field: 'message.kind', op: 'in' as const, value: list };
    const [passing, filtered] = [true, false].map((passes) => ofMessage({ kind: 'field', is, holds: passes === (mode === 'allow') }));
    return (port) => (port === 'pass' ? eitherClaims(passing!, ofNoMessage) : filtered!);
  },
  compile({ mode, list }) {
    if (list.length === 0) return () => passEmptyList;
    const { onListed, onOther } = decideByList(mode);
    const answers = new Map(messageKinds.map((kind) => [kind, list.includes(kind) ? onListed(kind) : onOther]));
    return ({ event }) => (event.message ? (answers.get(messageKind(event)) ?? onOther) : noMessage);
  },
  examples,
});

const noMessage: Outcome = { go: 'pass', because: { key: 'no-message' } };

const words = {
  empty: { ru: 'Список пуст: фильтр пропускает всё', en: 'The list is empty: the filter passes everything' },
  enter: { ru: 'Выберите виды сообщений или удалите шаг', en: 'Choose kinds of messages or delete the step' },
  unreadable: (line: string) => ({ ru: `Вида «${line}» нет`, en: `There is no kind “${line}”` }),
  write: { ru: 'Выберите другой вид', en: 'Choose another kind' },
};
