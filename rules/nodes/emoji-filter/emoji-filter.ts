import { eitherClaims, type Claim } from '../../claim.js';
import { ofMessage, ofNoMessage } from '../../settings/message-claims.js';
import { z } from 'zod';
import { defineNode, type Outcome } from '../../node-type.js';
import { isOnlyEmoji } from '../../text/emoji.js';
import { examples } from './emoji-filter.examples.js';

const settings = z.strictObject({});
export type Settings = z.input<typeof settings>;

/** Filters received messages that are nothing but emoji. */
export const emojiFilter = defineNode({
  type: 'emoji-filter',
  family: 'filter',
  icon: 'IconMoodSmile',
  title: { ru: 'Сообщения-смайлики', en: 'Emoji messages' },
  description: {
    ru: 'Отсеивает сообщения клиента из одних смайликов; с вложением или словом проходят',
    en: 'Filters client messages of nothing but emoji; with an attachment or a word they pass',
  },
  settings,
  ports: ['pass', 'filtered'],
  portLabels: { pass: { ru: 'прошло', en: 'passed' }, filtered: { ru: 'отфильтровано', en: 'filtered' } },
  reasons: {
    emoji: { ru: 'в сообщении одни смайлики', en: 'the message is nothing but emoji' },
    other: { ru: 'в сообщении не одни смайлики', en: 'the message is not only emoji' },
    sent: { ru: 'смотрятся только сообщения клиента', en: 'only a client’s messages are looked at' },
    attachment: { ru: 'в сообщении есть вложение', en: 'the message has an attachment' },
    'no-message': { ru: 'в событии нет сообщения', en: 'the event has no message' },
  },
  expectedPorts: ['pass'],
  summary: () => ({ ru: 'Кроме сообщений из одних смайликов', en: 'All but messages of nothing but emoji' }),
  claims: () => (port) => {
    const isEmoji = (holds: boolean): Claim => ({ kind: 'other', what: 'emoji', holds, example: { message: { text: '👍' } } });
    return port === 'pass'
      ? eitherClaims(ofMessage(isEmoji(false)), ofNoMessage)
      : [[{ kind: 'types', types: ['message-received'] }, isEmoji(true)]];
  },
  compile:
    () =>
    ({ event: { type, message } }) => {
      if (!message) return noMessage;
      if (type !== 'message-received') return sent;
      if (message.attachments && message.attachments.length > 0) return attachment;
      return isOnlyEmoji(message.text ?? '') ? emoji : other;
    },
  examples,
});

const emoji: Outcome = { go: 'filtered', because: { key: 'emoji' } };
const other: Outcome = { go: 'pass', because: { key: 'other' } };
const sent: Outcome = { go: 'pass', because: { key: 'sent' } };
const attachment: Outcome = { go: 'pass', because: { key: 'attachment' } };
const noMessage: Outcome = { go: 'pass', because: { key: 'no-message' } };
