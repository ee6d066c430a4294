import { z } from 'zod';
import { isAboutSomebody } from '../conditions/event-field.js';
import { defineNode, type NodeType, type Outcome } from '../node-type.js';
import { parseTemplate } from '../text/template.js';
import { templateField } from './fields.js';
import { checkEmpty, checkTemplate } from './findings.js';

const settings = z.strictObject({
  tags: templateField.default('').meta({
    label: { ru: 'Теги', en: 'Tags' },
    help: { ru: 'Через запятую, с подстановками: сделка из %DOMAIN%', en: 'Separated by commas, with substitutions: deal from %DOMAIN%' },
    placeholder: { ru: 'чат, сделка из %DOMAIN%', en: 'chat, deal from %DOMAIN%' },
    widget: 'tags',
  }),
});
export type TagsSettings = z.input<typeof settings>;

type Words = Pick<NodeType<typeof settings>, 'icon' | 'title' | 'description' | 'examples'> & {
  /** `{tags}` stands for them. */
  done: { ru: string; en: string };
  /** Why it fails on an event about nobody. */
  nobody: string;
};

/** An action on the deal's tags; its effect is called as the node type. */
export function tagsAction(type: 'add-tags' | 'remove-tags', { done, nobody, ...words }: Words): NodeType<typeof settings> {
  const fail: Outcome = { fail: nobody, because: { key: 'nobody' } };
  return defineNode({
    ...words,
    type,
    family: 'action',
    settings,
    ports: ['next'],
    portLabels: { next: { ru: 'дальше', en: 'next' } },
    reasons: {
      done,
      none: { ru: 'тегов не осталось', en: 'no tags are left' },
      nobody: { ru: 'нет ни клиента, ни сделки', en: 'there is neither a client nor a deal' },
    },
    summary: ({ tags }) => (tags.trim() === '' ? { ru: 'Тегов пока нет', en: 'No tags yet' } : { ru: tags, en: tags }),
    check: ({ tags }) => [
      ...checkTemplate(tags, 'tags'),
      ...checkEmpty(tags, 'tags', { ru: 'Тегов нет: шаг ничего не делает', en: 'There are no tags: the step does nothing' }),
    ],
    asks: () => [type],
    compile({ tags }, { nodeId, timezone }) {
      const template = parseTemplate(tags);
      const toOutcome = (found: string[]): Outcome =>
        found.length === 0
          ? none
          : { go: 'next', because: { key: 'done', values: { tags: found.join(', ') } }, effects: [{ type, tags: found }] };
      // Most tags name no client: what is the same for every message is put together once.
      const fixed = template.fixedTags && toOutcome([...template.fixedTags]);
      return ({ event, now }) => {
        if (!isAboutSomebody(event)) return fail;
        return fixed ?? toOutcome(template.toTags({ event, now, timezone, nodeId }));
      };
    },
  });
}

const none: Outcome = { go: 'next', because: { key: 'none' } };
