import { conditionClaims } from '../../conditions/condition-claims.js';
import { z } from 'zod';
import { comparable } from '../../conditions/compile-condition.js';
import { compileField, isFieldPath } from '../../conditions/event-field.js';
import { fieldLabel } from '../../conditions/describe-condition.js';
import { valueLabel } from '../../conditions/field-values.js';
import type { Language } from '../../bilingual.js';
import type { Finding } from '../../finding.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { inBoth } from '../../settings/refuse.js';
import { mayFoldTo } from '../../text/fold-case.js';
import { examples } from './switch.examples.js';

const settings = z.strictObject({
  field: z
    .string()
    .refine(
      isFieldPath,
      inBoth({ ru: 'Поле пишется как channel.kind или deal.stage', en: 'A field is written as channel.kind or deal.stage' }),
    )
    .meta({ label: { ru: 'По какому полю', en: 'By which field' }, widget: 'field' }),
  cases: z
    .array(
      z.strictObject({
        in: z.array(z.union([z.string(), z.number(), z.boolean()])).meta({ label: { ru: 'Значения', en: 'Values' } }),
        port: z
          .string()
          .min(1)
          .max(64)
          .meta({ label: { ru: 'Выход', en: 'Port' } }),
      }),
    )
    .max(200)
    .default([])
    .meta({
      label: { ru: 'Варианты', en: 'Cases' },
      help: { ru: 'Подходит первый вариант, в котором есть значение поля', en: 'The first case that holds the field’s value is taken' },
      widget: 'cases',
    }),
});
export type Settings = z.input<typeof settings>;

/** Chooses one of several ways by the value of a field. */
export const switchNode = defineNode({
  type: 'switch',
  family: 'choice',
  icon: 'IconArrowsSplit2',
  title: { ru: 'Выбор по значению', en: 'Switch' },
  description: { ru: 'Разводит по значению поля на несколько выходов', en: 'Parts by a field’s value to several ports' },
  settings,
  ports: ({ cases }) => [...new Set([...cases.map(({ port }) => port), 'default'])],
  expectedPorts: ({ cases }) => cases.flatMap(({ port }) => (port === 'default' ? [] : [port])),
  portLabels: { default: { ru: 'остальное', en: 'the rest' } },
  reasons: {
    case: { ru: 'значение «{value}»', en: 'the value is “{value}”' },
    other: { ru: 'значения «{value}» нет среди вариантов', en: 'no case holds the value “{value}”' },
    missing: { ru: 'значения нет', en: 'there is no value' },
  },
  summary({ field, cases }) {
    const label = fieldLabel(field);
    const waysIn = (language: Language) =>
      cases.map(({ in: values, port }) => `${values.map((value) => valueLabel(field, value)[language]).join(', ')} → ${port}`).join('; ');
    const [ru, en] = [waysIn('ru'), waysIn('en')];
    return { ru: `По полю «${label.ru}»${ru && `: ${ru}`}`, en: `By “${label.en}”${en && `: ${en}`}` };
  },
  check({ cases }) {
    const findings: Finding[] = cases.length === 0 ? [noCases] : [];
    const seen = new Set<string | undefined>();
    cases.forEach(({ in: values }, place) => {
      const fresh = values.filter((value) => !seen.has(comparable(value)));
      if (fresh.length === 0) findings.push(deadCase(`cases[${place}]`));
      else
        findings.push(
          ...values.flatMap((value, at) => (seen.has(comparable(value)) ? [repeatedValue(`cases[${place}].in[${at}]`, value)] : [])),
        );
      for (const value of fresh) seen.add(comparable(value));
    });
    return findings;
  },
  claims({ field, cases }) {
    const taken = new Set<string | undefined>();
    const values = new Map<string, unknown[]>();
    for (const { in: own, port } of cases) {
      const fresh = own.filter((value) => !taken.has(comparable(value)));
      for (const value of fresh) taken.add(comparable(value));
      values.set(port, [...(values.get(port) ?? []), ...fresh]);
    }
    const others = [...values].filter(([port]) => port !== 'default').flatMap(([, own]) => own);
    return (port) => {
      if (port === 'default') return conditionClaims({ field, op: 'in', value: others }, false);
      return conditionClaims({ field, op: 'in', value: values.get(port) ?? [] }, true);
    };
  },
  compile({ field, cases }) {
    const read = compileField(field);
    const ports = new Map<string, string>();
    for (const { in: values, port } of cases) {
      for (const value of values) {
        const text = comparable(value);
        if (text !== undefined && !ports.has(text)) ports.set(text, port);
      }
    }
    const longest = Math.max(0, ...[...ports.keys()].map((text) => text.length));
    return ({ event, variables }) => {
      const found = read(event, variables);
      // A whole message is seldom as short as a case, and then need not be folded.
      const isLong = typeof found === 'string' && !mayFoldTo(found.length, longest);
      const value = isLong ? found : comparable(found);
      if (value === undefined) return missing;
      const port = isLong ? undefined : ports.get(value);
      return port === undefined
        ? { go: 'default', because: { key: 'other', values: { value: shorten(value) } } }
        : { go: port, because: { key: 'case', values: { value } } };
    };
  },
  examples,
});

/** The trace of every message is kept: of a long text its beginning is reason enough. No half of a pair is left at its end. */
function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

const missing: Outcome = { go: 'default', because: { key: 'missing' } };

const noCases: Finding = {
  code: 'switch-empty',
  severity: 'warning',
  path: 'cases',
  text: { ru: 'Вариантов нет: всё идёт в «остальное»', en: 'There are no cases: everything goes to “the rest”' },
  mend: { ru: 'Добавьте вариант', en: 'Add a case' },
};

function repeatedValue(path: string, value: string | number | boolean): Finding {
  return {
    code: 'switch-value-repeated',
    severity: 'warning',
    path,
    text: { ru: `Значение «${value}» уже занято вариантом выше`, en: `The value “${value}” is held by a case above already` },
    mend: { ru: 'Уберите его здесь или выше', en: 'Remove it here or above' },
  };
}

function deadCase(path: string): Finding {
  return {
    code: 'switch-case-dead',
    severity: 'warning',
    path,
    text: {
      ru: 'Этот вариант не сработает: значений нет или все они заняты раньше',
      en: 'This case never applies: it has no values, or earlier cases hold them all',
    },
    mend: { ru: 'Впишите другие значения или удалите вариант', en: 'Enter other values or delete the case' },
  };
}
