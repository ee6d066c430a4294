import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import { isAboutSomebody } from '../../conditions/event-field.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { durationField, nameField, templateField } from '../../settings/fields.js';
import { checkEmpty, checkTemplate, checkUser } from '../../settings/findings.js';
import { parseTemplate } from '../../text/template.js';
import { describeDuration, parseDuration } from '../../time/duration.js';
import { formatInstant } from '../../time/instant.js';
import { examples } from './create-task.examples.js';

const modes: Record<'one-per-deal' | 'every-message', Bilingual> = {
  'one-per-deal': { ru: 'Одну задачу на сделку', en: 'One task a deal' },
  'every-message': { ru: 'Задачу на каждое сообщение', en: 'A task for each message' },
};

const settings = z.strictObject({
  text: templateField.default('Ответить клиенту').meta({ label: { ru: 'Текст задачи', en: 'Task text' }, widget: 'template' }),
  due: durationField.default('PT5M').meta({ label: { ru: 'Срок', en: 'Due in' }, widget: 'duration' }),
  mode: z
    .enum(['one-per-deal', 'every-message'])
    .default('one-per-deal')
    .meta({ label: { ru: 'Создавать', en: 'Create' }, options: modes }),
  to: nameField.default('responsible').meta({
    label: { ru: 'Кому', en: 'For' },
    help: { ru: 'Ответственный за сделку или сотрудник', en: 'Whoever is responsible for the deal, or a user' },
    widget: 'user',
  }),
});
export type Settings = z.input<typeof settings>;

/** Sets a task; one a deal, or one for each message. */
export const createTask = defineNode({
  type: 'create-task',
  family: 'action',
  icon: 'IconChecklist',
  title: { ru: 'Задача', en: 'Task' },
  description: { ru: 'Ставит задачу; её снимает следующее сообщение оператора', en: 'Sets a task; an operator’s next message ends it' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    created: { ru: 'задача со сроком {due}', en: 'a task due at {due}' },
    'open-task': { ru: 'открытая задача уже есть', en: 'there is an open task already' },
    nobody: { ru: 'нет ни клиента, ни сделки', en: 'there is neither a client nor a deal' },
  },
  summary({ text, due }) {
    const soon = describeDuration(parseDuration(due) ?? 0);
    return { ru: `${text}, через ${soon.ru}`, en: `${text}, in ${soon.en}` };
  },
  check: ({ text, to }, { account }) => [
    ...checkTemplate(text, 'text'),
    ...checkEmpty(text, 'text', { ru: 'У задачи нет текста', en: 'The task has no text' }),
    ...(to === 'responsible' ? [] : checkUser(account, to, 'to')),
  ],
  compile({ text, due, mode, to }, { nodeId, timezone }) {
    const template = parseTemplate(text);
    const delay = parseDuration(due) ?? 0;
    return ({ event, now, memory }) => {
      if (!isAboutSomebody(event)) return nobody;
      if (mode === 'one-per-deal' && memory.openTask) return openTask;
      const instant = formatInstant(now + delay);
      const filled = template.toText({ event, now, timezone, nodeId });
      return {
        go: 'next',
        because: { key: 'created', values: { due: instant } },
        effects: [{ type: 'create-task', text: filled, due: instant, mode, to }],
      };
    };
  },
  examples,
});

const openTask: Outcome = { go: 'next', because: { key: 'open-task' } };
const nobody: Outcome = {
  fail: 'There is nobody to make a task for: the event has neither a contact nor a conversation nor a deal',
  because: { key: 'nobody' },
};
