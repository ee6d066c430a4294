import type { Claim } from '../../claim.js';
import { z } from 'zod';
import { defineNode } from '../../node-type.js';
import { nameField } from '../../settings/fields.js';
import { checkStage } from '../../settings/findings.js';
import { foldCase } from '../../text/fold-case.js';
import { examples } from './on-stage.examples.js';

const settings = z.strictObject({
  pipeline: nameField.optional().meta({
    label: { ru: 'Воронка', en: 'Pipeline' },
    help: { ru: 'Пусто — любая', en: 'Empty means any' },
    widget: 'pipeline',
  }),
  stage: nameField.optional().meta({
    label: { ru: 'Этап', en: 'Stage' },
    help: { ru: 'Пусто — любой', en: 'Empty means any' },
    widget: 'stage',
  }),
});
export type Settings = z.input<typeof settings>;

/** Starts when a deal enters a stage; letter case does not matter in names. */
export const onStage = defineNode({
  type: 'on-stage',
  family: 'trigger',
  icon: 'IconStairsUp',
  title: { ru: 'Смена этапа', en: 'Stage change' },
  description: { ru: 'Начинает прогон, когда сделка перешла на этап', en: 'Starts a run when a deal enters a stage' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  expectedPorts: ['next'],
  summary({ pipeline, stage }) {
    if (stage === undefined && pipeline === undefined) return { ru: 'На любой этап', en: 'To any stage' };
    if (stage === undefined) return { ru: `${pipeline}: любой этап`, en: `${pipeline}: any stage` };
    const text = pipeline === undefined ? stage : `${pipeline} → ${stage}`;
    return { ru: text, en: text };
  },
  check: (settings, { account }) => checkStage(account, settings, '', isSameName),
  claims({ pipeline, stage }) {
    const way: Claim[] = [{ kind: 'types', types: ['stage-changed'] }];
    for (const [field, value] of Object.entries({ 'deal.pipeline': pipeline, 'deal.stage': stage })) {
      if (value !== undefined) way.push({ kind: 'field', is: { field, op: 'eq', value }, holds: true });
    }
    return () => [way];
  },
  accepts({ pipeline, stage }) {
    return ({ type, deal }) =>
      type === 'stage-changed' &&
      (pipeline === undefined || isSameName(deal?.pipeline ?? '', pipeline)) &&
      (stage === undefined || isSameName(deal?.stage ?? '', stage));
  },
  examples,
});

function isSameName(one: string, other: string): boolean {
  return foldCase(one.trim()) === foldCase(other.trim());
}
