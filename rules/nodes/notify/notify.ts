import { z } from 'zod';
import { defineNode, type Outcome } from '../../node-type.js';
import { nameField, templateField } from '../../settings/fields.js';
import { checkEmpty, checkTemplate, checkUser } from '../../settings/findings.js';
import { parseTemplate } from '../../text/template.js';
import { examples } from './notify.examples.js';

const settings = z.strictObject({
  to: z
    .array(nameField)
    .max(1000)
    .default(['responsible'])
    .meta({
      label: { ru: 'Кому', en: 'To' },
      help: {
        ru: 'Ответственный, все или выбранные сотрудники',
        en: 'The responsible one, everybody, or chosen users',
      },
      widget: 'recipients',
    }),
  text: templateField.default('').meta({
    label: { ru: 'Текст', en: 'Text' },
    placeholder: { ru: 'Пишет %NAME%: %TEXT%', en: '%NAME% writes: %TEXT%' },
    widget: 'template',
  }),
});
export type Settings = z.input<typeof settings>;

/** Notifies people of the company. */
export const notify = defineNode({
  type: 'notify',
  family: 'action',
  icon: 'IconBell',
  title: { ru: 'Уведомление', en: 'Notification' },
  description: {
    ru: 'Уведомляет ответственного, выбранных сотрудников или всех',
    en: 'Notifies the responsible one, chosen users or everybody',
  },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    notified: { ru: 'уведомление уходит', en: 'the notification goes out' },
    empty: { ru: 'текст пуст или получателей нет', en: 'the text is empty or there are no recipients' },
  },
  summary({ to, text }) {
    const names = (responsible: string, all: string) =>
      to.map((one) => (one === 'responsible' ? responsible : one === 'all' ? all : one)).join(', ');
    return {
      ru: `${names('ответственному', 'всем') || 'никому'}: ${text}`,
      en: `${names('the responsible', 'everybody') || 'nobody'}: ${text}`,
    };
  },
  check: ({ to, text }, { account }) => [
    ...checkTemplate(text, 'text'),
    ...checkEmpty(text, 'text', { ru: 'Текст пуст: уведомление не уйдёт', en: 'The text is empty: no notification is sent' }),
    ...(to.length === 0 ? [noRecipients] : []),
    ...to.flatMap((one, place) => (one === 'responsible' || one === 'all' ? [] : checkUser(account, one, `to[${place}]`))),
  ],
  compile({ to, text }, { nodeId, timezone }) {
    const template = parseTemplate(text);
    return ({ event, now }) => {
      const filled = template.toText({ event, now, timezone, nodeId });
      if (to.length === 0 || filled.trim() === '') return empty;
      return { go: 'next', because: notified, effects: [{ type: 'notify', to, text: filled }] };
    };
  },
  examples,
});

const notified = { key: 'notified' };
const empty: Outcome = { go: 'next', because: { key: 'empty' } };

const noRecipients = {
  code: 'recipients-empty',
  severity: 'warning' as const,
  path: 'to',
  text: { ru: 'Получателей нет: уведомление не уйдёт', en: 'There are no recipients: no notification is sent' },
  mend: { ru: 'Выберите получателей', en: 'Choose recipients' },
};
