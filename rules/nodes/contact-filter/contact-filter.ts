import { ofNoMessage } from '../../settings/message-claims.js';
import { anything, eitherClaims, impossible, type Claims } from '../../claim.js';
import { z } from 'zod';
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
import { identityList, isIdentity } from '../../text/identity.js';
import { examples } from './contact-filter.examples.js';

const settings = z.strictObject({
  mode: listModeField,
  list: listLines.meta({
    label: { ru: 'Клиенты', en: 'Clients' },
    help: { ru: 'По одному в строке: телефон, логин, ссылка на профиль или ID', en: 'One a line: phone, user name, profile link or id' },
    placeholder: { ru: '+7 999 666-55-44', en: '+7 999 666-55-44' },
    widget: 'lines',
  }),
});
export type Settings = z.input<typeof settings>;

/** Filters listed contacts, or all others; with an empty list it filters nothing. */
export const contactFilter = defineNode({
  type: 'contact-filter',
  family: 'filter',
  icon: 'IconUserOff',
  title: { ru: 'Черный список клиентов', en: 'Client list' },
  description: {
    ru: 'Отсеивает сообщения клиентов из списка или всех, кого в нём нет; номера и логины узнаются в любой записи',
    en: 'Filters the messages of listed clients, or of all who are not listed; numbers and names are recognised in any spelling',
  },
  settings,
  ports: ['pass', 'filtered'],
  portLabels: filterPortLabels,
  reasons: {
    listed: { ru: 'клиент есть в списке: {entry}', en: 'the client is listed: {entry}' },
    'not-listed': { ru: 'клиента нет в списке', en: 'the client is not listed' },
    'empty-list': emptyListReason,
    nobody: { ru: 'в событии нет ни клиента, ни сообщения', en: 'the event has neither a client nor a message' },
  },
  expectedPorts: ['pass'],
  summary: ({ mode, list }) => summarizeList(mode, asWritten(list), { ru: 'пропускает всех', en: 'everybody passes' }),
  check: ({ list }) => checkList(list, isIdentity, words),
  claims({ mode, list }) {
    const [first] = list.filter(isIdentity);
    if (first === undefined) return (port) => (port === 'pass' ? anything : impossible);
    const example = { contact: { id: first, phone: first, username: first } };
    const way = (passes: boolean): Claims => [
      [{ kind: 'listed', who: 'contact', list: list.filter(isIdentity), holds: passes === (mode === 'allow'), example }],
    ];
    // An event about nobody passes.
    return (port) => (port === 'pass' ? eitherClaims(way(true), ofNoMessage) : way(false));
  },
  compile({ mode, list }) {
    const known = list.filter(isIdentity);
    if (known.length === 0) return () => passEmptyList;
    const find = identityList(known);
    const { onListed, onOther } = decideByList(mode);
    return ({ event: { contact, message, channel } }) => {
      if (!contact) return message ? onOther : nobody;
      const entry = find(contact, channel?.kind);
      return entry === undefined ? onOther : onListed(entry);
    };
  },
  examples,
});

const nobody: Outcome = { go: 'pass', because: { key: 'nobody' } };

const words = {
  empty: { ru: 'Список пуст: фильтр пропускает всех', en: 'The list is empty: the filter passes everybody' },
  enter: { ru: 'Впишите клиентов или удалите шаг', en: 'Enter clients or delete the step' },
  unreadable: (line: string) => ({ ru: `Строка «${line}» никого не называет`, en: `The line “${line}” names nobody` }),
  write: { ru: 'Впишите телефон, логин, ссылку на профиль или ID', en: 'Enter a phone, a user name, a profile link or an id' },
};
