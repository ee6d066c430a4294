import { settingAt, type GraphNode, type Language, type RuleGraph } from '../../../../rules/index.js';
import { cardOf } from '../card-view.js';
import { textsOf } from '../form/read-value.js';
import { isTrigger } from './is-trigger.js';
import { troubles } from './troubles.js';
import { kindsOf, type Recipe } from './recipe.js';
import { recognise, type Recognised } from './recognise.js';

/** What of a channel triggers look at. */
export interface ChannelPlace {
  id: string;
  kind: string;
  surface: string;
}

/** A graph's steps that start on a channel's messages, and the recipes among them. */
export interface GraphOnChannel {
  triggers: GraphNode[];
  recipes: Recognised[];
}

/** What a graph does on a channel; undefined where none of its runs starts there. */
export function onChannel(graph: RuleGraph, channel: ChannelPlace, recipes: readonly Recipe[]): GraphOnChannel | undefined {
  const triggers = graph.nodes.filter((node) => node.disabled !== true && takes(node, channel));
  if (triggers.length === 0) return undefined;
  const ids = new Set(triggers.map(({ id }) => id));
  // Those made for this kind of channel go first: of recipes that are the same steps, the first is named.
  const suited = recipes.toSorted((a, b) => Number(kindsOf(b).includes(channel.kind)) - Number(kindsOf(a).includes(channel.kind)));
  const found = recognise({ ...graph, nodes: graph.nodes.filter((node) => ids.has(node.id) || !isTrigger(node)) }, suited);
  return { triggers, recipes: found.filter(({ steps }) => [...steps.values()].some(({ id }) => ids.has(id))) };
}

/** What a recognised recipe is set to, in words: the steps that its form asks about. */
export function wordsOf({ recipe, steps }: Recognised, graph: RuleGraph, language: Language): string {
  const asked = new Set((recipe.graph.parameters ?? []).map(({ path }) => settingAt(recipe.graph, path)?.node));
  const told = recipe.graph.nodes.filter(({ id }) => asked.has(id)).flatMap(({ id }) => steps.get(id) ?? []);
  return told
    .map((node) => cardOf(node, language, graph.timezone).summary)
    .filter(Boolean)
    .join('; ');
}

/** Recipes that a channel could have, by the troubles for which it has none. */
export function lackingOn(
  channel: ChannelPlace,
  recipes: readonly Recipe[],
  inForce: readonly Recognised[],
): { trouble: string; recipes: Recipe[] }[] {
  const solved = new Set(inForce.map(({ recipe }) => recipe.trouble));
  return troubles.flatMap(({ id }) => {
    const fitting = solved.has(id) ? [] : recipes.filter((recipe) => recipe.trouble === id && suits(recipe, channel));
    return fitting.length === 0 ? [] : [{ trouble: id, recipes: fitting }];
  });
}

function suits(recipe: Recipe, channel: ChannelPlace): boolean {
  const kinds = kindsOf(recipe);
  const surfaces = recipe.graph.nodes.filter(isTrigger).map(({ settings }) => settings['surfaces']);
  return (
    (kinds.length === 0 || kinds.includes(channel.kind)) &&
    surfaces.every((list) => list === undefined || textsOf(list).includes(channel.surface))
  );
}

function takes(node: GraphNode, { id, kind, surface }: ChannelPlace): boolean {
  if (!isTrigger(node)) return false;
  const { channels, surfaces } = node.settings;
  const names = textsOf(channels);
  return (
    (channels === undefined || names.includes(id) || names.includes(kind)) &&
    (surfaces === undefined || textsOf(surfaces).includes(surface))
  );
}
