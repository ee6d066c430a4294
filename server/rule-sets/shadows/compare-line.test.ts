import type { Effect } from '../../../rules/index.js';
import { compareEffects, compareLine } from './compare-line.js';

const say = (text: string, node = 'reply'): Effect => ({ type: 'send-message', text, node });
const tag = (tags: string[], node = 'tag'): Effect => ({ type: 'add-tags', tags, node });

it.each<[string, Effect[], Effect[], object]>([
  ['nothing', [], [], { same: 0, other: 0, live: 0, shadow: 0 }],
  ['the same, of whichever step', [say('да')], [say('да', 'other')], { same: 1, other: 0, live: 0, shadow: 0 }],
  ['another text', [say('да')], [say('нет')], { same: 0, other: 1, live: 0, shadow: 0 }],
  ['one that only the live version asks for', [say('да'), tag(['a'])], [say('да')], { same: 1, other: 0, live: 1, shadow: 0 }],
  ['one that only the shadow asks for', [say('да')], [tag(['a']), say('да')], { same: 1, other: 0, live: 0, shadow: 1 }],
  ['a repeat once', [say('да'), say('да')], [say('да')], { same: 1, other: 0, live: 1, shadow: 0 }],
  ['the step before the order', [say('а', 'x'), say('б', 'y')], [say('в', 'y')], { same: 0, other: 1, live: 1, shadow: 0 }],
  ['both of it', [say('а', 'x'), say('б', 'y')], [say('в', 'y'), say('а', 'z')], { same: 1, other: 1, live: 0, shadow: 0 }],
])('counts effects: %s', (_, live, shadow, expected) => {
  expect(compareEffects(live, shadow)).toEqual(expected);
});

const side = (effects: Effect[], at = '2026-03-02T09:00:00Z') => ({
  event: { id: 'e1', type: 'message-received' as const, at },
  done: { status: 'passed' as const, effects, trace: [{ node: 'reply', port: 'next' }] },
});

it('says where two sides part and what that changes', () => {
  expect(compareLine(side([say('да')]), side([say('нет')]))).toMatchObject({
    cause: { kind: 'effect', node: 'reply', path: 'text' },
    sameOutcome: false,
    changes: ['~send-message'],
  });
});

it('has no cause where both did the same', () => {
  expect(compareLine(side([say('да')]), side([say('да')]))).toMatchObject({ cause: null, sameOutcome: true, changes: [] });
});

it('takes a timer that only one has for a difference', () => {
  expect(compareLine(null, side([say('да')]))).toMatchObject({ cause: { kind: 'line' }, sameOutcome: false, changes: ['+send-message'] });
  expect(compareLine(side([]), null)).toMatchObject({ cause: { kind: 'line' }, sameOutcome: true });
});
