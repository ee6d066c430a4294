import { z } from 'zod';
import { isAboutSomebody } from '../../conditions/event-field.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { nameField } from '../../settings/fields.js';
import { checkUser } from '../../settings/findings.js';
import { noConversation } from '../../settings/plain-action.js';
import { examples } from './assign-conversation.examples.js';

const settings = z.strictObject({
  user: nameField.meta({ label: { ru: 'Сотрудник', en: 'User' }, widget: 'user' }),
});
export type Settings = z.input<typeof settings>;

/** Gives the conversation to a user; the deal keeps its own responsible. */
export const assignConversation = defineNode({
  type: 'assign-conversation',
  family: 'action',
  icon: 'IconUserShare',
  title: { ru: 'Передать беседу', en: 'Assign the conversation' },
  description: {
    ru: 'Передаёт беседу сотруднику; ответственный за сделку остаётся прежним',
    en: 'Gives the conversation to a user; who is responsible for the deal stays',
  },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    assigned: { ru: 'беседу ведёт {user}', en: '{user} has the conversation' },
    nobody: { ru: 'нет ни клиента, ни беседы', en: 'there is neither a client nor a conversation' },
  },
  summary: ({ user }) => ({ ru: user, en: user }),
  check: ({ user }, { account }) => checkUser(account, user, 'user'),
  compile({ user }) {
    const assigned: Outcome = {
      go: 'next',
      because: { key: 'assigned', values: { user } },
      effects: [{ type: 'assign-conversation', user }],
    };
    return ({ event }) => (isAboutSomebody(event) ? assigned : noConversation);
  },
  examples,
});
