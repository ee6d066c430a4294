import type { RuleGraph } from '../../../../rules/index.js';
import { insertRecipe } from './insert-recipe.js';
import { lackingOn, onChannel, wordsOf } from './on-channel.js';
import { sampleRecipe, sampleRecipes as recipes } from './recipe-samples.js';
import { recognise } from './recognise.js';

const namesIn = (graph: RuleGraph) => recognise(graph, recipes).map(({ recipe }) => recipe.id);
const withSettings = (graph: RuleGraph, id: string, settings: Record<string, unknown>): RuleGraph => ({
  ...graph,
  nodes: graph.nodes.map((node) => (node.id === id ? { ...node, settings: { ...node.settings, ...settings } } : node)),
});

const night = sampleRecipe('autoresponder-night').graph;
const telegram = { id: 'c-1', kind: 'telegram', surface: 'direct' };

it.each(recipes)('$id: is recognised in its own graph, by itself or by one of the same steps', ({ id, graph }) => {
  expect(
    recognise(
      graph,
      recipes.filter((recipe) => recipe.id === id),
    ),
  ).toHaveLength(1);
  expect(namesIn(graph)).not.toEqual([]);
});

it('names the recipe of the channel among those of the same steps', () => {
  const found = (kind: string) => onChannel(night, { ...telegram, kind }, recipes)?.recipes.map(({ recipe }) => recipe.id);
  expect(found('telegram')).toEqual(['autoresponder-telegram']);
  expect(found('webchat')).toEqual(['autoresponder-night']);
});

it('knows a recipe with other texts, hours and steps between, and says what it is set to', () => {
  const changed = withSettings(withSettings(night, 'night', { from: '19:00', to: '09:00' }), 'answer', { text: 'До завтра' });
  const longer: RuleGraph = {
    ...changed,
    nodes: [...changed.nodes, { id: 'mark', type: 'add-tags', settings: { tags: 'ночь' } }],
    edges: [
      { from: 'in.next', to: 'night' },
      { from: 'night.inside', to: 'mark' },
      { from: 'mark.next', to: 'answer' },
    ],
  };
  const found = onChannel(longer, { ...telegram, kind: 'webchat' }, recipes);
  expect(found?.recipes).toHaveLength(1);
  const [one] = found?.recipes ?? [];
  expect(one && wordsOf(one, longer, 'ru')).toBe('Если сейчас 19:00–09:00, Москва; До завтра');
});

it('does not know one whose exit, mode or step is another', () => {
  expect(
    namesIn({
      ...night,
      edges: [
        { from: 'in.next', to: 'night' },
        { from: 'night.outside', to: 'answer' },
      ],
    }),
  ).not.toContain('autoresponder-night');
  const disabled = { ...night, nodes: night.nodes.map((node) => (node.id === 'answer' ? { ...node, disabled: true } : node)) };
  expect(namesIn(disabled)).toEqual([]);
  expect(namesIn(sampleRecipe('task-every-message').graph)).toContain('task-every-message');
  expect(namesIn(sampleRecipe('task-every-message').graph)).not.toContain('task-one-per-deal');
  expect(namesIn(withSettings(sampleRecipe('groups-off').graph, 'in', { chats: ['private'] }))).not.toContain('groups-off');
});

it('knows several in one graph, and tells no part of one as another', () => {
  const both = insertRecipe(night, sampleRecipe('score-after-closing').graph).graph;
  expect(namesIn(both).toSorted()).toEqual(['autoresponder-night', 'score-after-closing']);
  expect(namesIn(sampleRecipe('deal-tags').graph)).not.toContain('new-deal-on-closed');
});

it('looks at triggers that take the channel', () => {
  expect(onChannel(withSettings(night, 'in', { channels: ['vk'] }), telegram, recipes)).toBeUndefined();
  expect(onChannel(withSettings(night, 'in', { channels: ['c-1'] }), telegram, recipes)?.triggers).toHaveLength(1);
  expect(onChannel(withSettings(night, 'in', { surfaces: ['comments'] }), telegram, recipes)).toBeUndefined();
});

it('offers recipes for the troubles that none of the channel solves, and only those made for its kind', () => {
  const inForce = onChannel(night, telegram, recipes)?.recipes ?? [];
  const lacking = lackingOn(telegram, recipes, inForce);
  expect(lacking.map(({ trouble }) => trouble)).not.toContain('away');
  expect(lackingOn(telegram, recipes, []).map(({ trouble }) => trouble)).toContain('away');
  const offered = lacking.flatMap(({ recipes: own }) => own.map(({ id }) => id));
  expect(offered).toContain('score-after-closing');
  expect(offered).toContain('telegram-personal-only');
  expect(offered).not.toContain('subscription-message');
  expect(offered).not.toContain('post-blacklist');
});
