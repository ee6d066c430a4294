import { anything, eitherClaims, impossible, type Claims } from '../../claim.js';
import { z } from 'zod';
import { chatType } from '../../conditions/event-field.js';
import { defineNode, type Outcome } from '../../node-type.js';
import {
  asWritten,
  checkList,
  decideByList,
  emptyListReason,
  filterPortLabels,
  listLines,
  listModeField,
  passEmptyList,
  summarizeList,
} from '../../settings/block-allow.js';
import { groupList, isGroup } from '../../text/group-list.js';
import { examples } from './group-filter.examples.js';

const settings = z.strictObject({
  mode: listModeField,
  list: listLines.meta({
    label: { ru: 'Группы', en: 'Groups' },
    help: { ru: 'По одной в строке: название, имя, ссылка или ID', en: 'One a line: title, user name, link or id' },
    placeholder: { ru: 'kotiki', en: 'kittens' },
    widget: 'lines',
  }),
});
export type Settings = z.input<typeof settings>;

/** Filters listed groups, or all others; a private chat always passes, and an empty list filters nothing. */
export const groupFilter = defineNode({
  type: 'group-filter',
  family: 'filter',
  icon: 'IconUsersGroup',
  title: { ru: 'Фильтр групп', en: 'Group filter' },
  description: {
    ru: 'Отсеивает сообщения групп из списка или всех, кого в нём нет; личная переписка проходит',
    en: 'Filters the messages of listed groups, or of all that are not listed; private chats pass',
  },
  settings,
  ports: ['pass', 'filtered'],
  portLabels: filterPortLabels,
  reasons: {
    listed: { ru: 'группа есть в списке: {entry}', en: 'the group is listed: {entry}' },
    'not-listed': { ru: 'группы нет в списке', en: 'the group is not listed' },
    'empty-list': emptyListReason,
    private: { ru: 'это личная переписка', en: 'this is a private chat' },
  },
  expectedPorts: ['pass'],
  summary: ({ mode, list }) => summarizeList(mode, asWritten(list), { ru: 'пропускает все группы', en: 'all groups pass' }),
  check: ({ list }) => checkList(list, isGroup, words),
  claims({ mode, list }) {
    const known = list.filter(isGroup);
    const [first] = known;
    if (first === undefined) return (port) => (port === 'pass' ? anything : impossible);
    const example = { chat: { type: 'group' as const, id: first, name: first, title: first } };
    const isPrivate = { field: 'chat.type', op: 'eq' as const, value: 'private' };
    const way = (passes: boolean): Claims => [
      [
        { kind: 'field', is: isPrivate, holds: false },
        { kind: 'listed', who: 'group', list: known, holds: passes === (mode === 'allow'), example },
      ],
    ];
    return (port) => (port === 'pass' ? eitherClaims([[{ kind: 'field', is: isPrivate, holds: true }]], way(true)) : way(false));
  },
  compile({ mode, list }) {
    const known = list.filter(isGroup);
    if (known.length === 0) return () => passEmptyList;
    const find = groupList(known);
    const { onListed, onOther } = decideByList(mode);
    return ({ event }) => {
      if (chatType(event) === 'private') return privateChat;
      const entry = find(event.chat ?? {}, event.channel?.kind);
      return entry === undefined ? onOther : onListed(entry);
    };
  },
  examples,
});

const privateChat: Outcome = { go: 'pass', because: { key: 'private' } };

const words = {
  empty: { ru: 'Список пуст: фильтр пропускает все группы', en: 'The list is empty: the filter passes all groups' },
  enter: { ru: 'Впишите группы или удалите шаг', en: 'Enter groups or delete the step' },
  unreadable: (line: string) => ({ ru: `Строка «${line}» не называет группу`, en: `The line “${line}” names no group` }),
  write: { ru: 'Впишите название группы, её имя, ссылку или ID', en: 'Enter a group’s title, user name, link or id' },
};
