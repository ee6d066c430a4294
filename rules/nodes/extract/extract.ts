import { z } from 'zod';
import { isAboutSomebody } from '../../conditions/event-field.js';
import type { Finding } from '../../finding.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { nameField } from '../../settings/fields.js';
import { inBoth } from '../../settings/refuse.js';
import { codeFinder, codePlace, isCodePattern } from '../../text/code-pattern.js';
import { examples } from './extract.examples.js';

const settings = z.strictObject({
  pattern: z
    .string()
    .max(10_000)
    .refine(
      isCodePattern,
      inBoth({ ru: 'В тексте должно быть ровно одно место {code}', en: 'The text must have exactly one place {code}' }),
    )
    .meta({
      label: { ru: 'Текст приветствия', en: 'Greeting' },
      help: {
        ru: 'Текст, который клиент отправляет, перейдя по ссылке; {code} — место кода',
        en: 'The text that a client sends after following a link; {code} is the place of the code',
      },
      placeholder: { ru: 'Здравствуйте! Мой код {code}', en: 'Hello! My code is {code}' },
    }),
  field: nameField.meta({ label: { ru: 'Поле сделки', en: 'Field of the deal' }, placeholder: { ru: 'Источник', en: 'Source' } }),
});
export type Settings = z.input<typeof settings>;

/** Finds a greeting in the message and stores its code on the deal. */
export const extract = defineNode({
  type: 'extract',
  family: 'action',
  icon: 'IconTargetArrow',
  title: { ru: 'Код из приветствия', en: 'Code of a greeting' },
  description: {
    ru: 'Находит в сообщении текст приветствия и сохраняет его код в сделке: так видно, откуда пришёл клиент',
    en: 'Finds a greeting in the message and stores its code on the deal: it shows where the client came from',
  },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    found: { ru: 'код {code}', en: 'the code is {code}' },
    'not-found': { ru: 'приветствия в сообщении нет', en: 'the message holds no greeting' },
    'no-message': { ru: 'в событии нет сообщения', en: 'the event has no message' },
    nobody: { ru: 'нет ни клиента, ни сделки', en: 'there is neither a client nor a deal' },
  },
  summary({ pattern, field }) {
    const text = `${pattern} → ${field}`;
    return { ru: text, en: text };
  },
  check: ({ pattern }) => (pattern.trim() === codePlace ? [anyWord] : []),
  compile({ pattern, field }) {
    const find = codeFinder(pattern);
    return ({ event }) => {
      if (!isAboutSomebody(event)) return nobody;
      if (!event.message) return noMessage;
      const code = find(event.message.text ?? '');
      if (code === undefined) return notFound;
      const effect = { type: 'set-field' as const, entity: 'deal' as const, field, value: code };
      return { go: 'next', because: { key: 'found', values: { code } }, effects: [effect] };
    };
  },
  examples,
});

const notFound: Outcome = { go: 'next', because: { key: 'not-found' } };
const noMessage: Outcome = { go: 'next', because: { key: 'no-message' } };
const nobody: Outcome = {
  fail: 'There is no deal to store a code on: the event has neither a contact nor a conversation nor a deal',
  because: { key: 'nobody' },
};

const anyWord: Finding = {
  code: 'extract-any-word',
  severity: 'warning',
  path: 'pattern',
  text: { ru: 'Кодом станет первое слово любого сообщения', en: 'The first word of any message becomes the code' },
  mend: { ru: 'Впишите текст приветствия вокруг {code}', en: 'Enter the greeting around {code}' },
};
