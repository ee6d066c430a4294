import { z } from 'zod';
import { isAboutSomebody } from '../../conditions/event-field.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { templateField } from '../../settings/fields.js';
import { checkEmpty, checkTemplate } from '../../settings/findings.js';
import { parseTemplate } from '../../text/template.js';
import { examples } from './add-note.examples.js';

const settings = z.strictObject({
  text: templateField.default('').meta({
    label: { ru: 'Текст', en: 'Text' },
    placeholder: { ru: 'Написал в %DATE% %TIME%', en: 'Wrote on %DATE% at %TIME%' },
    widget: 'template',
  }),
});
export type Settings = z.input<typeof settings>;

/** Leaves a note that only operators see. */
export const addNote = defineNode({
  type: 'add-note',
  family: 'action',
  icon: 'IconNote',
  title: { ru: 'Примечание', en: 'Note' },
  description: { ru: 'Оставляет примечание, которое видят только сотрудники', en: 'Leaves a note that only the staff sees' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    noted: { ru: 'примечание оставлено', en: 'the note is left' },
    empty: { ru: 'текст пуст', en: 'the text is empty' },
    nobody: { ru: 'нет ни клиента, ни сделки', en: 'there is neither a client nor a deal' },
  },
  summary: ({ text }) => (text.trim() === '' ? { ru: 'Без текста', en: 'No text' } : { ru: text, en: text }),
  check: ({ text }) => [
    ...checkTemplate(text, 'text'),
    ...checkEmpty(text, 'text', { ru: 'Текст пуст: примечания не будет', en: 'The text is empty: no note is left' }),
  ],
  compile({ text }, { nodeId, timezone }) {
    const template = parseTemplate(text);
    return ({ event, now }) => {
      if (!isAboutSomebody(event)) return nobody;
      const filled = template.toText({ event, now, timezone, nodeId });
      return filled.trim() === '' ? empty : { go: 'next', because: noted, effects: [{ type: 'add-note', text: filled }] };
    };
  },
  examples,
});

const noted = { key: 'noted' };
const empty: Outcome = { go: 'next', because: { key: 'empty' } };
const nobody: Outcome = {
  fail: 'There is nowhere to leave a note: the event has neither a contact nor a conversation nor a deal',
  because: { key: 'nobody' },
};
