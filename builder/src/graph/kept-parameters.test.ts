import type { RuleGraph } from '../../../rules/index.js';
import { remove } from './commands.js';

const label = { ru: 'Текст', en: 'Text' };
const recipe: RuleGraph = {
  format: 1,
  name: 'Рецепт',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'wait', type: 'wait', settings: { for: 'PT1M' } },
    { id: 'answer', type: 'reply', settings: { text: 'Привет' } },
  ],
  edges: [{ from: 'in.next', to: 'wait' }],
  parameters: [
    { name: 'time', label, path: 'nodes[1].settings.for' },
    { name: 'text', label, path: 'nodes[2].settings.text' },
  ],
};

it('takes the parameters of a removed step with it, and those of others still point to theirs', () => {
  const left = remove(new Set(['wait']))(recipe);
  expect(left.parameters).toEqual([{ name: 'text', label, path: 'nodes.answer.settings.text' }]);
  expect(remove(new Set(['answer']))(left)).not.toHaveProperty('parameters');
  expect(recipe.parameters).toHaveLength(2);
});
