import { z } from 'zod';
import { askExpression } from '../../expressions/ask-expression.js';
import { defineNode } from '../../node-type.js';
import { expressionField } from '../../settings/expression-field.js';
import { variableField } from '../../settings/variable.js';
import { examples } from './set.examples.js';

const settings = z.strictObject({
  name: variableField.meta({
    label: { ru: 'Имя переменной', en: 'Name of the variable' },
    help: { ru: 'В условиях и выражениях — vars.имя', en: 'In conditions and expressions it is vars.name' },
    placeholder: { ru: 'сумма', en: 'total' },
  }),
  value: expressionField.meta({
    label: { ru: 'Значение', en: 'Value' },
    help: {
      ru: 'Выражение JSONata, например $number(vars.ответ) * 2; чего нет, то снимает переменную',
      en: 'A JSONata expression, such as $number(vars.answer) * 2; what is missing unsets the variable',
    },
    widget: 'expression',
  }),
});
export type Settings = z.input<typeof settings>;

/** Keeps the value of an expression as a variable of the run. */
export const set = defineNode({
  type: 'set',
  family: 'action',
  icon: 'IconVariable',
  title: { ru: 'Переменная', en: 'Set a variable' },
  description: { ru: 'Вычисляет значение и запоминает его до конца правил', en: 'Computes a value and keeps it until the rules end' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    set: { ru: 'переменная {name} задана', en: 'the variable {name} is set' },
    unset: { ru: 'значения нет, переменная {name} снята', en: 'there is no value, the variable {name} is unset' },
  },
  summary: ({ name, value }) => ({ ru: `${name} = ${value}`, en: `${name} = ${value}` }),
  compile({ name, value }, context) {
    return askExpression(value, context, (found) => ({
      go: 'next',
      because: { key: found === undefined ? 'unset' : 'set', values: { name } },
      set: { [name]: found },
    }));
  },
  examples,
});
