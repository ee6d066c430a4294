import { conditionClaims } from '../../conditions/condition-claims.js';
import { z } from 'zod';
import { anything } from '../../claim.js';
import { checkCondition } from '../../conditions/check-condition.js';
import { compileCondition } from '../../conditions/compile-condition.js';
import { questionSchema } from '../../conditions/condition.js';
import { describeCondition } from '../../conditions/describe-condition.js';
import { askExpression } from '../../expressions/ask-expression.js';
import { isYes } from '../../expressions/is-yes.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { examples } from './if.examples.js';

const settings = z.strictObject({
  when: questionSchema.meta({
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
  description: { ru: 'Разводит по условию на поля события и переменные', en: 'Parts by a condition on the event’s fields and variables' },
  settings,
  ports: ['yes', 'no'],
  portLabels: { yes: { ru: 'да', en: 'yes' }, no: { ru: 'нет', en: 'no' } },
  reasons: {
    holds: { ru: 'условие выполнено', en: 'the condition holds' },
    fails: { ru: 'условие не выполнено', en: 'the condition does not hold' },
  },
  expectedPorts: ['yes'],
  summary({ when }) {
    const text = typeof when === 'string' ? { ru: when.trim(), en: when.trim() } : describeCondition(when);
    return { ru: `Если ${text.ru}`, en: `If ${text.en}` };
  },
  check: ({ when }) => (typeof when === 'string' ? [] : checkCondition(when, 'when')),
  claims:
    ({ when }) =>
    (port) =>
      typeof when === 'string' ? anything : conditionClaims(when, port === 'yes'),
  compile({ when }, context) {
    if (typeof when === 'string') return askExpression(when, context, (value) => (isYes(value) ? yes : no));
    const holds = compileCondition(when);
    return ({ event, variables }) => (holds(event, variables) ? yes : no);
  },
  examples,
});

const yes: Outcome = { go: 'yes', because: { key: 'holds' } };
const no: Outcome = { go: 'no', because: { key: 'fails' } };
