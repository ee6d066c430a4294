import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import { isAboutSomebody } from '../../conditions/event-field.js';
import type { Finding } from '../../finding.js';
import type { Memory } from '../../memory.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { nameField } from '../../settings/fields.js';
import { checkUser } from '../../settings/findings.js';
import { examples } from './assign-responsible.examples.js';

const modes: Record<'user' | 'round-robin' | 'least-loaded' | 'keep', Bilingual> = {
  user: { ru: 'Этот сотрудник', en: 'This user' },
  'round-robin': { ru: 'По очереди', en: 'In turn' },
  'least-loaded': { ru: 'Наименее занятый', en: 'The least loaded' },
  keep: { ru: 'Оставить прежнего', en: 'Keep the present one' },
};

const settings = z.strictObject({
  mode: z
    .enum(['user', 'round-robin', 'least-loaded', 'keep'])
    .default('user')
    .meta({
      label: { ru: 'Кого назначить', en: 'Whom to assign' },
      help: {
        ru: 'Прежнего: если у сделки его нет, назначается сотрудник. Наименее занятый: у кого меньше открытых сделок',
        en: 'The present one: where the deal has none, the user is assigned. The least loaded: who has the fewest open deals',
      },
      options: modes,
    }),
  user: nameField.optional().meta({ label: { ru: 'Сотрудник', en: 'User' }, widget: 'user' }),
  users: z
    .array(nameField)
    .max(1000)
    .optional()
    .meta({ label: { ru: 'Из кого выбирать', en: 'Users to choose from' }, widget: 'users' }),
});
export type Settings = z.input<typeof settings>;

/** Names who is responsible for the deal. */
export const assignResponsible = defineNode({
  type: 'assign-responsible',
  family: 'action',
  icon: 'IconUserCheck',
  title: { ru: 'Ответственный', en: 'Responsible' },
  description: { ru: 'Назначает ответственного за сделку и контакт', en: 'Names who is responsible for the deal and the contact' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    assigned: { ru: 'ответственный — {user}', en: '{user} is responsible' },
    turn: { ru: 'по очереди подошёл {user}', en: 'it is the turn of {user}' },
    'least-loaded': { ru: 'меньше всего открытых сделок у {user}: {deals}', en: '{user} has the fewest open deals: {deals}' },
    kept: { ru: 'ответственный уже есть: {user}', en: 'there is one already: {user}' },
    'kept-none': { ru: 'ответственного нет, и назначать некого', en: 'there is none, and nobody to assign' },
    nobody: { ru: 'нет ни клиента, ни сделки', en: 'there is neither a client nor a deal' },
    'no-user': { ru: 'сотрудник не выбран', en: 'no user is chosen' },
  },
  summary({ mode, user, users }) {
    if (mode === 'user') return { ru: user ?? 'Сотрудник не выбран', en: user ?? 'No user chosen' };
    const names = users?.join(', ') ?? '';
    if (mode === 'round-robin') return { ru: `По очереди: ${names || 'никого'}`, en: `In turn: ${names || 'nobody'}` };
    if (mode === 'least-loaded') return { ru: `Наименее занятый: ${names || 'никого'}`, en: `The least loaded: ${names || 'nobody'}` };
    return user ? { ru: `Прежний, а если его нет — ${user}`, en: `The present one, or ${user}` } : { ru: 'Прежний', en: 'The present one' };
  },
  check({ mode, user, users }, { account }) {
    if (mode === 'user' && user === undefined) return [notChosen('user')];
    if (mode === 'user' || mode === 'keep') return checkUser(account, user, 'user');
    if (!users?.length) return [notChosen('users')];
    return users.flatMap((one, place) => checkUser(account, one, `users[${place}]`));
  },
  asks: () => ['assign-responsible'],
  needs({ mode, users }) {
    if (mode === 'round-robin') return [{ kind: 'turns' }];
    return mode === 'least-loaded' ? [{ kind: 'loads', users: users ?? [] }] : [];
  },
  compile({ mode, user, users }, { ruleSet, nodeId }) {
    const assigned = user === undefined ? noUser : assign(user, 'assigned');
    if (mode === 'user') return ({ event }) => (isAboutSomebody(event) ? assigned : nobody);
    if (mode === 'keep') {
      const otherwise = user === undefined ? keptNone : assigned;
      return ({ event }) => {
        if (!isAboutSomebody(event)) return nobody;
        const present = event.deal?.responsible;
        return present ? { go: 'next', because: { key: 'kept', values: { user: present } } } : otherwise;
      };
    }
    if (mode === 'least-loaded') return ({ event, memory }) => (isAboutSomebody(event) ? leastLoaded(users ?? [], memory) : nobody);
    const turns = (users ?? []).map((one): Outcome => ({ ...assign(one, 'turn'), tookTurn: true }));
    const place = `${ruleSet}/${nodeId}`;
    return ({ event, memory }) => {
      if (!isAboutSomebody(event)) return nobody;
      return turns[(memory.turns[place] ?? 0) % turns.length] ?? noUser;
    };
  },
  examples,
});

function assign(user: string, key: string, more?: { deals: number }): Extract<Outcome, { go: string }> {
  return { go: 'next', because: { key, values: { user, ...more } }, effects: [{ type: 'assign-responsible', user }] };
}

/** Of several with equally few open deals the first as listed. */
function leastLoaded(users: readonly string[], { loads }: Memory): Outcome {
  let least: { user: string; deals: number } | undefined;
  for (const user of users) {
    const deals = loads?.[user] ?? 0;
    if (!least || deals < least.deals) least = { user, deals };
  }
  return least ? assign(least.user, 'least-loaded', { deals: least.deals }) : noUser;
}

const keptNone: Outcome = { go: 'next', because: { key: 'kept-none' } };
const nobody: Outcome = {
  fail: 'There is nothing to assign: the event has neither a contact nor a conversation nor a deal',
  because: { key: 'nobody' },
};
const noUser: Outcome = { fail: 'No user is chosen', because: { key: 'no-user' } };

function notChosen(path: string): Finding {
  return {
    code: 'user-not-chosen',
    severity: 'error',
    path,
    text: { ru: 'Сотрудник не выбран', en: 'No user is chosen' },
    mend: { ru: 'Выберите сотрудника', en: 'Choose a user' },
  };
}
