import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import { defineNode } from '../../node-type.js';
import { durationField } from '../../settings/fields.js';
import { inBoth } from '../../settings/refuse.js';
import { describeDuration, parseDuration } from '../../time/duration.js';
import { examples } from './on-no-reply.examples.js';

const sides: Record<'operator' | 'client', Bilingual> = {
  operator: { ru: 'Оператор не ответил клиенту', en: 'The operator has not answered the client' },
  client: { ru: 'Клиент не ответил оператору', en: 'The client has not answered the operator' },
};

const settings = z.strictObject({
  from: z
    .enum(['operator', 'client'])
    .default('operator')
    .meta({ label: { ru: 'Кто молчит', en: 'Who is silent' }, options: sides }),
  after: durationField
    .refine(
      (text) => (parseDuration(text) ?? 0) > 0,
      inBoth({ ru: 'Время должно быть больше нуля', en: 'The time must be longer than nothing' }),
    )
    .default('PT15M')
    .meta({
      label: { ru: 'Сколько', en: 'For how long' },
      help: {
        ru: 'От последнего сообщения другой стороны; каждое новое начинает отсчёт заново',
        en: 'Since the other side’s last message; each new one starts the clock anew',
      },
      widget: 'duration',
    }),
});
export type Settings = z.input<typeof settings>;

/** Starts when one side has been silent since the other's last message. */
export const onNoReply = defineNode({
  type: 'on-no-reply',
  family: 'trigger',
  icon: 'IconMessageOff',
  title: { ru: 'Нет ответа', en: 'No reply' },
  description: {
    ru: 'Начинает прогон, когда оператор или клиент молчит дольше заданного. Ответы правил и рассылки не в счёт',
    en: 'Starts a run when the operator or the client is silent for longer than this. Replies of rules and mailings do not count',
  },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  expectedPorts: ['next'],
  summary({ from, after }) {
    const time = describeDuration(parseDuration(after) ?? 0);
    return { ru: `${sides[from].ru} ${time.ru}`, en: `${sides[from].en} for ${time.en}` };
  },
  // The run sees the other side's last message.
  claims:
    ({ from }) =>
    () => [[{ kind: 'types', types: [from === 'operator' ? 'message-received' : 'message-sent'] }]],
  silence: ({ from, after }) => ({ from, after: parseDuration(after) ?? 0 }),
  examples,
});
