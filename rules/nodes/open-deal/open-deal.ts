import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import { isAboutSomebody } from '../../conditions/event-field.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { examples } from './open-deal.examples.js';

const choices: Record<'none' | 'closed', Bilingual> = {
  none: { ru: 'Если сделки нет', en: 'If there is no deal' },
  closed: { ru: 'Если сделки нет или все закрыты', en: 'If there is no deal or all are closed' },
};

const settings = z.strictObject({
  when: z
    .enum(['none', 'closed'])
    .default('none')
    .meta({ label: { ru: 'Когда создавать', en: 'When to open one' }, options: choices }),
});
export type Settings = z.input<typeof settings>;

/** Opens a deal where the contact has none. */
export const openDeal = defineNode({
  type: 'open-deal',
  family: 'action',
  icon: 'IconBriefcase',
  title: { ru: 'Создать сделку', en: 'Open a deal' },
  description: { ru: 'Создаёт сделку, если у клиента её нет', en: 'Opens a deal where the client has none' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    opened: { ru: 'у клиента нет сделки', en: 'the client has no deal' },
    'opened-closed': { ru: 'сделка клиента закрыта', en: 'the client’s deal is closed' },
    known: { ru: 'сделка уже есть', en: 'there is a deal already' },
    nobody: { ru: 'нет ни клиента, ни беседы', en: 'there is neither a client nor a conversation' },
  },
  summary: ({ when }) => choices[when],
  compile:
    ({ when }) =>
    ({ event, memory }) => {
      if (!isAboutSomebody(event)) return nobody;
      // What the engine itself opened is newer than what the event brought.
      const known = memory.deal ?? event.deal;
      if (!known) return opened;
      return when === 'closed' && known.open === false ? openedClosed : alreadyKnown;
    },
  examples,
});

const opened: Outcome = { go: 'next', because: { key: 'opened' }, effects: [{ type: 'open-deal' }] };
const openedClosed: Outcome = { go: 'next', because: { key: 'opened-closed' }, effects: [{ type: 'open-deal' }] };
const alreadyKnown: Outcome = { go: 'next', because: { key: 'known' } };
const nobody: Outcome = {
  fail: 'There is nobody to open a deal for: the event has neither a contact nor a conversation',
  because: { key: 'nobody' },
};
