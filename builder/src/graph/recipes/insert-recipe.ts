import type { RuleGraph } from '../../../../rules/index.js';
import { around, boxesOf, type Size } from '../boxes.js';
import { gridStep, type Place } from '../commands.js';
import { paste, type Pasted } from '../copying/piece.js';
import { toRuleSet } from './fill-recipe.js';

/**
 * Puts a filled recipe into a graph: below what is there, at its left edge, under fresh ids. One change, so one undo takes it out.
 * @param sizes of cards as drawn, by id
 */
export function insertRecipe(graph: RuleGraph, filled: RuleGraph, sizes?: ReadonlyMap<string, Size>): Pasted {
  return paste(graph, toRuleSet(filled, graph.name), placeBeside(graph, sizes));
}

function placeBeside(graph: RuleGraph, sizes?: ReadonlyMap<string, Size>): Place {
  const there = around([...boxesOf(graph, sizes).values()]);
  return there ? [there.x, Math.ceil((there.y + there.height) / gridStep) * gridStep + 4 * gridStep] : [0, 0];
}
