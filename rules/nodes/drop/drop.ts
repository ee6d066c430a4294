import { z } from 'zod';
import { defineNode, type Outcome } from '../../node-type.js';
import { examples } from './drop.examples.js';

const settings = z.strictObject({
  reason: z
    .string()
    .max(1000)
    .default('')
    .meta({
      label: { ru: 'Причина', en: 'Reason' },
      help: { ru: 'Видна в журнале сообщений, без подстановок', en: 'Shown in the message log, without substitutions' },
      placeholder: { ru: 'Реклама', en: 'Advertising' },
    }),
});
export type Settings = z.input<typeof settings>;

/** Drops the message: its run and all later rule sets end. */
export const drop = defineNode({
  type: 'drop',
  family: 'end',
  icon: 'IconTrash',
  title: { ru: 'Отфильтровать', en: 'Drop' },
  description: {
    ru: 'Сообщение не попадёт в CRM, остальные правила его не увидят',
    en: 'The message stays out of the CRM, later rules do not see it',
  },
  settings,
  ports: [],
  portLabels: {},
  reasons: { dropped: { ru: 'шаг отбрасывает всё, что в него входит', en: 'the step drops whatever enters it' } },
  summary: ({ reason }) => (reason.trim() === '' ? { ru: 'Без причины', en: 'Without a reason' } : { ru: reason, en: reason }),
  compile({ reason }) {
    const outcome: Outcome = { drop: true, ...(reason.trim() === '' ? {} : { text: reason }), because: { key: 'dropped' } };
    return () => outcome;
  },
  examples,
});
