import { z } from 'zod';
import { isAboutSomebody } from '../../conditions/event-field.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { nameField } from '../../settings/fields.js';
import { checkStage } from '../../settings/findings.js';
import { examples } from './set-stage.examples.js';

const settings = z.strictObject({
  pipeline: nameField.optional().meta({
    label: { ru: 'Воронка', en: 'Pipeline' },
    help: { ru: 'Пусто — воронка самой сделки', en: 'Empty means the deal’s own' },
    widget: 'pipeline',
  }),
  stage: nameField.meta({
    label: { ru: 'Этап', en: 'Stage' },
    placeholder: { ru: 'Первичный контакт', en: 'First contact' },
    widget: 'stage',
  }),
});
export type Settings = z.input<typeof settings>;

/** Moves the deal to a stage. */
export const setStage = defineNode({
  type: 'set-stage',
  family: 'action',
  icon: 'IconColumns3',
  title: { ru: 'Статус сделки', en: 'Deal stage' },
  description: { ru: 'Переводит сделку на этап воронки', en: 'Moves the deal to a stage of a pipeline' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    moved: { ru: 'сделка идёт на этап «{stage}»', en: 'the deal goes to the stage “{stage}”' },
    nobody: { ru: 'нет ни клиента, ни сделки', en: 'there is neither a client nor a deal' },
  },
  summary({ pipeline, stage }) {
    const text = pipeline ? `${pipeline} → ${stage}` : stage;
    return { ru: text, en: text };
  },
  check: (settings, { account }) => checkStage(account, settings),
  asks: () => ['set-stage'],
  compile({ pipeline, stage }) {
    const moved: Outcome = {
      go: 'next',
      because: { key: 'moved', values: { stage } },
      effects: [{ type: 'set-stage', ...(pipeline !== undefined && { pipeline }), stage }],
    };
    return ({ event }) => (isAboutSomebody(event) ? moved : nobody);
  },
  examples,
});

const nobody: Outcome = {
  fail: 'There is nothing to move: the event has neither a contact nor a conversation nor a deal',
  because: { key: 'nobody' },
};
