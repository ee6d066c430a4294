import type { Directory } from '../../../api/rule-sets.js';
import { recordOf, textOf, textsOf } from './form/read-value.js';

type Translate = (key: string, values?: Record<string, unknown>) => string;

/**
 * An effect as a line for people: «Этап: Продажи → В работе».
 * @param effect of the engine, or as the server stored it
 */
export function describeEffect(effect: Readonly<Record<string, unknown>>, directory: Directory, t: Translate): string {
  const type = textOf(effect.type);
  const nameOf = (id: string) => {
    if (id === 'responsible') return t('names.responsible');
    if (id === 'all') return t('names.everybody');
    return directory.users.find((user) => user.id === id)?.name ?? id;
  };
  const values = {
    text: textOf(effect.text),
    tags: textsOf(effect.tags).join(', '),
    stage: [effect.pipeline, effect.stage].map(textOf).filter(Boolean).join(' → '),
    field: textOf(effect.field),
    value: textOf(effect.value),
    score: textOf(effect.score),
    scale: textOf(effect.scale),
    url: textOf(effect.url),
    user: nameOf(textOf(effect.user)),
    to: Array.isArray(effect.to) ? textsOf(effect.to).map(nameOf).join(', ') : nameOf(textOf(effect.to)),
  };
  if (type === 'export' && effect.event !== undefined) return t('effect.export-held');
  const known = knownEffects.has(type);
  return known ? t(`effect.${type}`, values) : [type, JSON.stringify(recordOf(effect))].join(' ');
}

const knownEffects = new Set([
  'send-message',
  'add-note',
  'open-deal',
  'set-stage',
  'assign-responsible',
  'add-tags',
  'remove-tags',
  'create-task',
  'notify',
  'set-field',
  'mark-read',
  'close-conversation',
  'no-reply-needed',
  'assign-conversation',
  'export',
  'record-score',
  'call-http',
]);
