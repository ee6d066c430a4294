import type { WaitingGroup } from '../../../../api/publishing.js';
import { choicesFor, inOrderOfConcern, toSettle } from './waiting-choices.js';

const group = (node: string, state: WaitingGroup['state'], conversations = 1): WaitingGroup => ({
  version: 2,
  node,
  title: null,
  type: 'wait-reply',
  state,
  conversations,
});

it('offers to move only where the draft has the same kind of step', () => {
  expect((['same', 'changed', 'removed', 'retyped'] as const).map((state) => choicesFor(group('a', state)).includes('move'))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('shows those whom the change touches first', () => {
  const groups = [group('same', 'same', 9), group('few', 'changed', 1), group('many', 'removed', 5)];
  expect(inOrderOfConcern(groups).map(({ node }) => node)).toEqual(['many', 'few', 'same']);
});

it('says what was chosen, and nothing of what stays as it is or cannot be', () => {
  const groups = [group('a', 'changed'), group('b', 'removed'), group('c', 'same')];
  const choices = new Map([
    ['2 a', 'move' as const],
    ['2 b', 'move' as const],
    ['2 c', 'finish' as const],
    ['1 a', 'hand-over' as const],
  ]);
  expect(toSettle({ groups }, choices)).toEqual([{ version: 2, node: 'a', choice: 'move' }]);
});
