import { z } from 'zod';
import { isAboutSomebody } from '../../conditions/event-field.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { templateField } from '../../settings/fields.js';
import { checkEmpty, checkTemplate } from '../../settings/findings.js';
import { parseTemplate } from '../../text/template.js';
import { examples } from './remove-tags.examples.js';

const settings = z.strictObject({
  tags: templateField.default('').meta({
    label: { ru: 'Теги', en: 'Tags' },
    help: { ru: 'Через запятую, с подстановками: сделка из %DOMAIN%', en: 'Separated by commas, with substitutions: deal from %DOMAIN%' },
    placeholder: { ru: 'чат, сделка из %DOMAIN%', en: 'chat, deal from %DOMAIN%' },
    widget: 'tags',
  }),
});
export type Settings = z.input<typeof settings>;

/** Removes tags from the deal. */
export const removeTags = defineNode({
  type: 'remove-tags',
  family: 'action',
  icon: 'IconTagOff',
  title: { ru: 'Снять теги', en: 'Remove tags' },
  description: { ru: 'Снимает теги со сделки', en: 'Takes tags off the deal' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    done: { ru: 'сняты теги: {tags}', en: 'tags removed: {tags}' },
    none: { ru: 'тегов не осталось', en: 'no tags are left' },
    nobody: { ru: 'нет ни клиента, ни сделки', en: 'there is neither a client nor a deal' },
  },
  summary: ({ tags }) => (tags.trim() === '' ? { ru: 'Тегов пока нет', en: 'No tags yet' } : { ru: tags, en: tags }),
  check: ({ tags }) => [
    ...checkTemplate(tags, 'tags'),
    ...checkEmpty(tags, 'tags', { ru: 'Тегов нет: шаг ничего не делает', en: 'There are no tags: the step does nothing' }),
  ],
  compile({ tags }, { nodeId, timezone }) {
    const template = parseTemplate(tags);
    return ({ event, now }) => {
      if (!isAboutSomebody(event)) return nobody;
      const found = template.toTags({ event, now, timezone, nodeId });
      if (found.length === 0) return none;
      return { go: 'next', because: { key: 'done', values: { tags: found.join(', ') } }, effects: [{ type: 'remove-tags', tags: found }] };
    };
  },
  examples,
});

const none: Outcome = { go: 'next', because: { key: 'none' } };
const nobody: Outcome = {
  fail: 'There is nobody to take tags from: the event has neither a contact nor a conversation nor a deal',
  because: { key: 'nobody' },
};
