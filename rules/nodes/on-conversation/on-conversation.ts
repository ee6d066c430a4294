import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import { defineNode } from '../../node-type.js';
import { examples } from './on-conversation.examples.js';

const moments: Record<'opened' | 'closed', Bilingual> = {
  opened: { ru: 'Открылась', en: 'Opened' },
  closed: { ru: 'Закрылась', en: 'Closed' },
};

const settings = z.strictObject({
  event: z
    .enum(['opened', 'closed'])
    .default('opened')
    .meta({ label: { ru: 'Беседа', en: 'The conversation' }, options: moments }),
});
export type Settings = z.input<typeof settings>;

/** Starts when a conversation opens or closes. */
export const onConversation = defineNode({
  type: 'on-conversation',
  family: 'trigger',
  icon: 'IconMessages',
  title: { ru: 'Беседа', en: 'Conversation' },
  description: { ru: 'Начинает прогон, когда беседа открылась или закрылась', en: 'Starts a run when a conversation opens or closes' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  expectedPorts: ['next'],
  summary: ({ event }) => moments[event],
  claims:
    ({ event }) =>
    () => [[{ kind: 'types', types: [`conversation-${event}`] }]],
  accepts: (settings) => (event) => event.type === `conversation-${settings.event}`,
  examples,
});
