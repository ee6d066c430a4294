import { onlyConversation } from './only-conversation.js';

const of = (...ids: string[]) => ids.map((conversationId) => ({ conversationId }));
const none = { messageChanges: [], statusChanges: [] };

test('is named when all messages are of one conversation', () => {
  expect(onlyConversation({ messages: of('a', 'a'), ...none })).toBe('a');
  expect(onlyConversation({ messages: of('a', 'b'), ...none })).toBeUndefined();
  expect(onlyConversation({ messages: [], ...none })).toBeUndefined();
});

test('is not known when edits or receipts came along: they may be of others, whose readers must look as well', () => {
  expect(onlyConversation({ messages: of('a'), ...none, messageChanges: [{}] })).toBeUndefined();
  expect(onlyConversation({ messages: of('a'), ...none, statusChanges: [{}] })).toBeUndefined();
});
