import type { Effect } from '../../rules/index.js';
import { applied, skipped } from '../effects/scene.js';
import { changedConversations } from './changed-conversations.js';

const run = (conversationId: string | null, type: Effect['type'], outcome = applied) => ({
  conversationId,
  decision: { effects: [{ type: 'add-note' as const }, { type }] },
  applied: [applied, outcome],
});

test('are those that rules gave to somebody or closed, and those that were scored, each once', () => {
  const runs = [run('a', 'close-conversation'), run('a', 'assign-conversation'), run('b', 'assign-conversation')];
  expect([...changedConversations(runs, [{ conversationId: 'b' }, { conversationId: 'c' }])]).toEqual(['a', 'b', 'c']);
});

test('are not those where nothing came of it, or where only messages changed', () => {
  const runs = [run('a', 'close-conversation', skipped('it is closed already')), run('b', 'send-message'), run(null, 'close-conversation')];
  expect([...changedConversations(runs, [])]).toEqual([]);
});
