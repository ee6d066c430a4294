import { defineConnector, type Parsed } from '../channel-connector.js';
import { readVisitorMessage } from './webchat.body.js';
import { webchatSettings } from './webchat.settings.js';

/**
 * A chat of our own: a page and a button for other sites. Visitors write through the page's API (server/messaging/webchat.controller.ts), which stores
 * their messages as webhooks are stored; replies need no network, since the page reads the messages themselves.
 */
export const webchat = defineConnector({
  kind: 'webchat',
  title: { ru: 'Чат на сайте', en: 'Web chat' },
  description: {
    ru: 'Страница чата и кнопка для вашего сайта. Посетителю ничего не нужно устанавливать.',
    en: 'A chat page and a button for your site. The visitor installs nothing.',
  },
  icon: 'message-circle',
  settings: webchatSettings,
  identityScope: 'channel',
  maxTextLength: 4_096,
  dedupesSends: true,
  // The bound is the database's, not a platform's: this only keeps a runaway rule from filling a page.
  limits: (_, message) => [{ key: message.threadKey, everyMs: 200, burst: 20 }],
  verify: () => ({ refuse: 404, title: 'Not found' }),
  parse,
  send: async (message) => ({ externalId: message.id }),
});

function parse(body: Buffer): Parsed {
  const { visitor, id, text, name, at } = readVisitorMessage(body);
  const storable = toStorable(text);
  const sender = name === undefined ? '' : toStorable(name).trim();
  return {
    events: [
      {
        type: 'message-received',
        externalId: externalIdOf(visitor, id),
        at: new Date(at).toISOString(),
        threadKey: visitor,
        chat: { type: 'private', id: visitor, ...(sender && { name: sender }) },
        sender: { externalId: visitor, ...(sender && { name: sender }) },
        kind: 'text',
        text: storable,
        attachments: [],
      },
    ],
  };
}

/** A message's id on this channel: two visitors' browsers may make the same one. */
export function externalIdOf(visitor: string, clientId: string): string {
  return `${visitor}:${clientId}`;
}

/** PostgreSQL keeps neither NUL nor half of a surrogate pair. */
function toStorable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '')).toString();
}
