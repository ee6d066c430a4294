import { anything } from '../../claim.js';
import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { filterPortLabels } from '../../settings/block-allow.js';
import { examples } from './hold-outbound.examples.js';

const releases: Record<'reply' | 'never', Bilingual> = {
  reply: { ru: 'Выгрузить, когда клиент ответит', en: 'Export it once the client answers' },
  never: { ru: 'Не выгружать совсем', en: 'Never export it' },
};

const settings = z.strictObject({
  release: z
    .enum(['reply', 'never'])
    .default('reply')
    .meta({ label: { ru: 'Что делать с отложенным', en: 'What becomes of it' }, options: releases }),
});
export type Settings = z.input<typeof settings>;

/** Keeps what was sent before the client's first answer from the CRM. */
export const holdOutbound = defineNode({
  type: 'hold-outbound',
  family: 'filter',
  icon: 'IconHourglassHigh',
  title: { ru: 'Рассылки без ответа', en: 'Unanswered mailings' },
  description: {
    ru: 'Не пускает в CRM сообщения, отправленные до первого ответа клиента',
    en: 'Keeps messages sent before the client’s first answer from the CRM',
  },
  settings,
  ports: ['pass', 'filtered'],
  portLabels: filterPortLabels,
  reasons: {
    held: { ru: 'клиент ещё не отвечал', en: 'the client has not answered yet' },
    answered: { ru: 'клиент уже отвечал', en: 'the client has answered before' },
    'not-sent': { ru: 'это не отправленное сообщение', en: 'this is no sent message' },
  },
  expectedPorts: ['pass'],
  summary: ({ release }) => releases[release],
  needs: () => [{ kind: 'outbound' }],
  claims: () => (port) => (port === 'pass' ? anything : [[{ kind: 'types', types: ['message-sent'] }]]),
  compile({ release }) {
    const held: Outcome = { go: 'filtered', holds: release, because: { key: 'held' } };
    return ({ event, memory }) => {
      if (event.type !== 'message-sent') return notSent;
      const isAnswered = memory.outbound?.answered === true || (event.conversation?.inbound ?? 0) > 0;
      return isAnswered ? answered : held;
    };
  },
  examples,
});

const notSent: Outcome = { go: 'pass', because: { key: 'not-sent' } };
const answered: Outcome = { go: 'pass', because: { key: 'answered' } };
