import { z } from 'zod';
import { isAboutSomebody } from '../../conditions/event-field.js';
import type { Finding } from '../../finding.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { nameField } from '../../settings/fields.js';
import { checkCrmConnection } from '../../settings/findings.js';
import { examples } from './export.examples.js';

const settings = z.strictObject({
  to: z
    .array(nameField)
    .max(1000)
    .default([])
    .meta({
      label: { ru: 'Исходящие каналы', en: 'CRM connections' },
      help: { ru: 'В остальные сообщение не попадёт', en: 'No other gets the message' },
      widget: 'crm-connections',
    }),
});
export type Settings = z.input<typeof settings>;

/** Narrows the export of the message to chosen CRM connections. */
export const exportNode = defineNode({
  type: 'export',
  family: 'action',
  icon: 'IconDatabaseExport',
  title: { ru: 'Выгрузка в CRM', en: 'Export to the CRM' },
  description: {
    ru: 'Выгружает сообщение только в выбранные CRM; без этого шага оно идёт во все',
    en: 'Exports the message to chosen CRMs only; without this step it goes to all',
  },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    exported: { ru: 'выгрузка только в {connections}', en: 'exported to {connections} only' },
    nowhere: { ru: 'сообщение никуда не выгружается', en: 'the message is exported nowhere' },
    nobody: { ru: 'нет ни клиента, ни сообщения', en: 'there is neither a client nor a message' },
  },
  summary({ to }) {
    const connections = to.join(', ');
    return connections === '' ? { ru: 'Никуда', en: 'Nowhere' } : { ru: `Только в ${connections}`, en: `Only to ${connections}` };
  },
  check: ({ to }, { account }) =>
    to.length === 0 ? [nowhere] : to.flatMap((connection, place) => checkCrmConnection(account, connection, `to[${place}]`)),
  compile({ to }) {
    const because = to.length === 0 ? { key: 'nowhere' } : { key: 'exported', values: { connections: to.join(', ') } };
    const exported: Outcome = { go: 'next', because, effects: [{ type: 'export', to }] };
    return ({ event }) => (isAboutSomebody(event) ? exported : nobody);
  },
  examples,
});

const nobody: Outcome = {
  fail: 'There is nothing to export: the event has neither a contact nor a conversation nor a message',
  because: { key: 'nobody' },
};

const nowhere: Finding = {
  code: 'export-nowhere',
  severity: 'warning',
  path: 'to',
  text: {
    ru: 'Исходящих каналов нет: сообщение никуда не выгрузится',
    en: 'There are no CRM connections: the message is exported nowhere',
  },
  mend: { ru: 'Выберите исходящие каналы или удалите шаг', en: 'Choose CRM connections or delete the step' },
};
