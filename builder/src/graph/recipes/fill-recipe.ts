import type { RuleGraph } from '../../../../rules/index.js';
import { portNamesOf } from '../card-view.js';
import { setSettings } from '../commands.js';
import { recordOf } from '../form/read-value.js';
import type { Answers, Question } from './questions.js';
import { withPartAt } from './setting-parts.js';

/**
 * The recipe with the answers in its settings. Always made from the recipe as it was, so that nothing is lost on the way: a step whose exits come and go while
 * their names are typed has its wires at the end.
 */
export function fillRecipe(recipe: RuleGraph, questions: readonly Question[], answers: Answers): RuleGraph {
  const settings = new Map(recipe.nodes.map((node): [string, Record<string, unknown>] => [node.id, node.settings]));
  for (const { key, places } of questions) {
    for (const { node, setting } of places) {
      settings.set(node, recordOf(withPartAt(settings.get(node) ?? {}, setting, answers[key])));
    }
  }
  return recipe.nodes.reduce((graph, node) => {
    const next = settings.get(node.id) ?? node.settings;
    return setSettings(node.id, next, { before: portNamesOf(node), after: portNamesOf({ ...node, settings: next }) })(graph);
  }, recipe);
}

/**
 * The filled recipe as a graph of its own: without what only a recipe has. Its tests are not taken along: they speak of the recipe's own texts, see
 * testsThatHold.
 */
export function toRuleSet(filled: RuleGraph, name: string, timezone = filled.timezone): RuleGraph {
  const { parameters: _parameters, description: _description, tests: _tests, timezone: _timezone, ...graph } = filled;
  return { ...graph, name, ...(timezone !== undefined && { timezone }) };
}
