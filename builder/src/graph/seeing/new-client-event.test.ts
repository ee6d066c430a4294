import { newClientEvent } from './new-client-event.js';

const channel = { id: 'c1', name: 'Инстаграм', kind: 'instagram', surface: 'direct', account: 'shop' };
const comments = { ...channel, id: 'c2', surface: 'comments' };
const directory = { channels: [channel, comments], pipelines: [], users: [], ruleSets: [], crmConnections: [] };
const message = { text: 'Здравствуйте', kind: 'text', name: 'Анна', at: '2026-03-02T09:00:00Z' } as const;

it('is the first message of a conversation: rules that greet once must see that', () => {
  expect(newClientEvent(directory, channel, message)).toMatchObject({
    type: 'message-received',
    at: message.at,
    channel: { id: 'c1', kind: 'instagram', surface: 'direct' },
    chat: { type: 'private' },
    conversation: { status: 'open', inbound: 1, outbound: 0 },
    message: { text: 'Здравствуйте', origin: 'client' },
  });
});

it('under a post it is a comment', () => {
  expect(newClientEvent(directory, comments, message)).toMatchObject({ chat: { type: 'comments' }, message: { kind: 'comment' } });
});
