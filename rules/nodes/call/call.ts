import { z } from 'zod';
import { defineNode, type Outcome } from '../../node-type.js';
import { nameField } from '../../settings/fields.js';
import { examples } from './call.examples.js';

const settings = z.strictObject({
  ruleSet: nameField.meta({
    label: { ru: 'Набор правил', en: 'Rule set' },
    help: {
      ru: 'Опубликованные правила; в них сработают начала, которым подходит это событие',
      en: 'Published rules; those of their triggers start that accept this event',
    },
    widget: 'rule-set',
  }),
});
export type Settings = z.input<typeof settings>;

/** Runs another rule set as one step. */
export const call = defineNode({
  type: 'call',
  family: 'action',
  icon: 'IconSubtask',
  title: { ru: 'Другой набор правил', en: 'Another rule set' },
  description: { ru: 'Выполняет другой набор правил как один шаг', en: 'Runs another rule set as one step' },
  settings,
  ports: ['next', 'dropped'],
  portLabels: { next: { ru: 'дальше', en: 'next' }, dropped: { ru: 'отфильтровано', en: 'dropped' } },
  reasons: { called: { ru: 'выполняется набор «{ruleSet}»', en: 'the rule set “{ruleSet}” runs' } },
  summary: ({ ruleSet }) => ({ ru: ruleSet, en: ruleSet }),
  calls: ({ ruleSet }) => ruleSet,
  compile({ ruleSet }) {
    const called: Outcome = { call: ruleSet, because: { key: 'called', values: { ruleSet } } };
    return () => called;
  },
  examples,
});
