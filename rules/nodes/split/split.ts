import { z } from 'zod';
import type { Finding } from '../../finding.js';
import { defineNode } from '../../node-type.js';
import { inBoth } from '../../settings/refuse.js';
import { hashTexts } from '../../text/hash.js';
import { examples } from './split.examples.js';

const settings = z.strictObject({
  parts: z
    .record(
      z.string().min(1).max(64),
      z
        .number()
        .positive(inBoth({ ru: 'Доля должна быть больше нуля', en: 'A part must be greater than zero' }))
        .max(1_000_000),
    )
    .refine((parts) => Object.keys(parts).length > 0, inBoth({ ru: 'Нужна хотя бы одна часть', en: 'At least one part is needed' }))
    .refine((parts) => Object.keys(parts).length <= 100, inBoth({ ru: 'Частей не больше 100', en: 'At most 100 parts' }))
    .default({ a: 50, b: 50 })
    .meta({
      label: { ru: 'Части', en: 'Parts' },
      help: {
        ru: 'Название выхода и его доля; сумма может быть любой',
        en: 'A port’s name and its share; they may add up to anything',
      },
      widget: 'parts',
    }),
});
export type Settings = z.input<typeof settings>;

/** Parts clients by shares; a client always goes the same way. */
export const split = defineNode({
  type: 'split',
  family: 'choice',
  icon: 'IconPercentage',
  title: { ru: 'Разделить клиентов', en: 'Split' },
  description: {
    ru: 'Делит клиентов на части, например для сравнения двух ответов; клиент всегда идёт в одну сторону',
    en: 'Parts clients, to compare two answers for example; a client always goes the same way',
  },
  settings,
  ports: ({ parts }) => Object.keys(parts),
  portLabels: {},
  reasons: { part: { ru: 'клиент попал в часть «{part}»', en: 'the client belongs to the part “{part}”' } },
  summary({ parts }) {
    const total = Object.values(parts).reduce((sum, weight) => sum + weight, 0);
    const text = Object.entries(parts)
      .map(([name, weight]) => `${name} ${Math.round((weight / total) * 1000) / 10} %`)
      .join(', ');
    return { ru: text, en: text };
  },
  check: ({ parts }) => (Object.keys(parts).length === 1 ? [onePart] : []),
  compile({ parts }, { nodeId }) {
    const total = Object.values(parts).reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    const bounds = Object.entries(parts).map(([part, weight]) => {
      sum += weight;
      return { below: (sum / total) * 2 ** 32, outcome: { go: part, because: { key: 'part', values: { part } } } };
    });
    const last = bounds.at(-1)!.outcome;
    return ({ event: { channel, contact } }) => {
      // A client whom the channel gives no id is told apart by what it does give.
      const who = contact?.id ?? contact?.phone ?? contact?.username ?? contact?.name ?? '';
      const hash = hashTexts(channel?.kind ?? '', who, nodeId);
      return bounds.find(({ below }) => hash < below)?.outcome ?? last;
    };
  },
  examples,
});

const onePart: Finding = {
  code: 'split-one-part',
  severity: 'warning',
  path: 'parts',
  text: { ru: 'Часть одна: делить не на что', en: 'There is one part only: nothing is split' },
  mend: { ru: 'Добавьте часть или удалите шаг', en: 'Add a part or delete the step' },
};
