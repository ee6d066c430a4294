import { z } from 'zod';
import { compileCondition } from '../../conditions/compile-condition.js';
import { conditionSchema } from '../../conditions/condition.js';
import { describeCondition } from '../../conditions/describe-condition.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { examples } from './if.examples.js';

const settings = z.strictObject({
  when: conditionSchema.meta({
    label: { ru: 'Условие', en: 'Condition' },
    help: { ru: 'Регистр букв не важен; чего нет, то ничему не равно', en: 'Letter case does not matter; what is missing equals nothing' },
    widget: 'condition',
  }),
});
export type Settings = z.input<typeof settings>;

/** Chooses the way by a condition. */
export const ifNode = defineNode({
  type: 'if',
  family: 'choice',
  icon: 'IconGitBranch',
  title: { ru: 'Условие', en: 'Condition' },
  description: { ru: 'Разводит по условию на поля события', en: 'Parts by a condition on the event’s fields' },
  settings,
  ports: ['yes', 'no'],
  portLabels: { yes: { ru: 'да', en: 'yes' }, no: { ru: 'нет', en: 'no' } },
  reasons: {
    holds: { ru: 'условие выполнено', en: 'the condition holds' },
    fails: { ru: 'условие не выполнено', en: 'the condition does not hold' },
  },
  expectedPorts: ['yes'],
  summary({ when }) {
    const text = describeCondition(when);
    return { ru: `Если ${text.ru}`, en: `If ${text.en}` };
  },
  compile({ when }) {
    const holds = compileCondition(when);
    return ({ event }) => (holds(event) ? yes : no);
  },
  examples,
});

const yes: Outcome = { go: 'yes', because: { key: 'holds' } };
const no: Outcome = { go: 'no', because: { key: 'fails' } };
