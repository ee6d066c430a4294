import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import type { Finding } from '../../finding.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { identityList, isIdentity } from '../../text/identity.js';
import { examples } from './contact-filter.examples.js';

const modes: Record<'block' | 'allow', Bilingual> = {
  block: { ru: 'Черный список', en: 'Block list' },
  allow: { ru: 'Белый список', en: 'Allow list' },
};

const settings = z.strictObject({
  mode: z
    .enum(['block', 'allow'])
    .default('block')
    .meta({ label: { ru: 'Режим', en: 'Mode' }, options: modes }),
  list: z
    .array(z.string().max(500))
    .max(100_000)
    .default([])
    .meta({
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
  portLabels: { pass: { ru: 'прошло', en: 'passed' }, filtered: { ru: 'отфильтровано', en: 'filtered' } },
  reasons: {
    listed: { ru: 'клиент есть в списке: {entry}', en: 'the client is listed: {entry}' },
    'not-listed': { ru: 'клиента нет в списке', en: 'the client is not listed' },
    'empty-list': { ru: 'список пуст', en: 'the list is empty' },
    nobody: { ru: 'в событии нет ни клиента, ни сообщения', en: 'the event has neither a client nor a message' },
  },
  expectedPorts: ['pass'],
  summary({ mode, list }) {
    const some = list.slice(0, 3).join(', ') + (list.length > 3 ? ` … ${list.length}` : '');
    if (list.length === 0) return { ru: 'Список пуст, пропускает всех', en: 'The list is empty, everybody passes' };
    return mode === 'block' ? { ru: `Кроме: ${some}`, en: `All but: ${some}` } : { ru: `Только: ${some}`, en: `Only: ${some}` };
  },
  check({ list }) {
    const findings: Finding[] = list.flatMap((entry, place) => (isIdentity(entry) ? [] : [unreadable(entry, `list[${place}]`)]));
    return list.length === 0 ? [emptyList] : findings;
  },
  compile({ mode, list }) {
    const known = list.filter(isIdentity);
    if (known.length === 0) return () => passEmpty;
    const find = identityList(known);
    const [onListed, onOther] = mode === 'block' ? (['filtered', 'pass'] as const) : (['pass', 'filtered'] as const);
    const other: Outcome = { go: onOther, because: { key: 'not-listed' } };
    return ({ event: { contact, message, channel } }) => {
      if (!contact) return message ? other : nobody;
      const entry = find(contact, channel?.kind);
      return entry === undefined ? other : { go: onListed, because: { key: 'listed', values: { entry } } };
    };
  },
  examples,
});

const passEmpty: Outcome = { go: 'pass', because: { key: 'empty-list' } };
const nobody: Outcome = { go: 'pass', because: { key: 'nobody' } };

const emptyList: Finding = {
  code: 'list-empty',
  severity: 'warning',
  path: 'list',
  text: { ru: 'Список пуст: фильтр пропускает всех', en: 'The list is empty: the filter passes everybody' },
  mend: { ru: 'Впишите клиентов или удалите шаг', en: 'Enter clients or delete the step' },
};

function unreadable(entry: string, path: string): Finding {
  return {
    code: 'list-entry-unreadable',
    severity: 'warning',
    path,
    text: { ru: `Строка «${entry}» никого не называет`, en: `The line “${entry}” names nobody` },
    mend: { ru: 'Впишите телефон, логин, ссылку на профиль или ID', en: 'Enter a phone, a user name, a profile link or an id' },
  };
}
