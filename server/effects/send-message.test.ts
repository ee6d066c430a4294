import type { RuleEvent } from '../../rules/index.js';
import type { Scene } from './scene.js';
import { sendMessage } from './send-message.js';

it('counts every part of a split reply towards the limit of replies in a minute, as the tables will', () => {
  const at = '2026-11-21T09:00:00.000Z';
  const event: RuleEvent = { type: 'message-received', id: 'e', at, chat: { type: 'private' } };
  // What a run has counted already: this reply, once.
  const conversation = { id: 'c', channelId: 'ch', contactId: 'p', outbound: 0, replies: [Date.parse(at)] };
  const rows = { messages: [], exports: [], outbox: [], tasks: [], notes: [], notifications: [] };
  const scene = { account: { crmConnections: [] }, event, conversation, maxTextLength: 10, rows } as unknown as Scene;
  sendMessage({ type: 'send-message', text: 'раз два три четыре пять' }, scene);
  expect(scene.rows.messages.map((message) => message.text)).toEqual(['раз два', 'три четыре', 'пять']);
  expect(scene.conversation.replies).toEqual([Date.parse(at), Date.parse(at), Date.parse(at)]);
  expect(scene.conversation.outbound).toBe(3);
});
