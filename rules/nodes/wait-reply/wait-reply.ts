import { z } from 'zod';
import { defineNode } from '../../node-type.js';
import { durationField } from '../../settings/fields.js';
import { variableField } from '../../settings/variable.js';
import { describeDuration, parseDuration } from '../../time/duration.js';
import { formatInstant } from '../../time/instant.js';
import { examples } from './wait-reply.examples.js';

const settings = z.strictObject({
  timeout: durationField.default('PT1H').meta({ label: { ru: 'Сколько ждать ответа', en: 'How long to wait' }, widget: 'duration' }),
  variable: variableField.optional().meta({
    label: { ru: 'Запомнить текст как', en: 'Keep the text as' },
    help: {
      ru: 'Имя переменной: в условиях и выражениях это vars.имя',
      en: 'The variable’s name: vars.name in conditions and expressions',
    },
    placeholder: { ru: 'размер', en: 'size' },
  }),
});
export type Settings = z.input<typeof settings>;

/** Waits for the client's next message; that message goes on here, and other rules do not see it. */
export const waitReply = defineNode({
  type: 'wait-reply',
  family: 'wait',
  icon: 'IconMessageQuestion',
  title: { ru: 'Ждать ответа', en: 'Wait for a reply' },
  description: {
    ru: 'Ждёт следующего сообщения клиента; другие правила его уже не увидят',
    en: 'Waits for the client’s next message; other rules will not see it',
  },
  settings,
  ports: ['reply', 'timeout'],
  portLabels: { reply: { ru: 'ответил', en: 'replied' }, timeout: { ru: 'не ответил', en: 'no reply' } },
  reasons: {
    waits: { ru: 'ждёт ответа до {due}', en: 'waits for a reply until {due}' },
    replied: { ru: 'клиент ответил', en: 'the client replied' },
    silent: { ru: 'клиент не ответил', en: 'the client did not reply' },
  },
  expectedPorts: ['reply'],
  summary({ timeout, variable }) {
    const time = describeDuration(parseDuration(timeout) ?? 0);
    return variable === undefined
      ? { ru: `Ответ клиента, не дольше ${time.ru}`, en: `The client’s reply, at most ${time.en}` }
      : { ru: `Ответ клиента → ${variable}, не дольше ${time.ru}`, en: `The client’s reply → ${variable}, at most ${time.en}` };
  },
  claims: () => (port) => [[{ kind: 'anew', what: port === 'reply' ? 'event' : 'clock' }]],
  compile({ timeout }) {
    const patience = parseDuration(timeout) ?? 0;
    return ({ now }) => ({
      wait: { due: now + patience, for: 'reply' },
      because: { key: 'waits', values: { due: formatInstant(now + patience) } },
    });
  },
  compileWake:
    ({ variable }) =>
    (wake, { event }) => {
      if (wake.by !== 'reply') return { go: 'timeout', because: { key: 'silent' } };
      const replied = { go: 'reply', because: { key: 'replied' } };
      return variable === undefined ? replied : { ...replied, set: { [variable]: event.message?.text ?? '' } };
    },
  examples,
});
