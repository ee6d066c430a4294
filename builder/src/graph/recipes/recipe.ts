import { nodeTypes, readGraph, type Bilingual, type Language, type RuleGraph } from '../../../../rules/index.js';
import { textsOf } from '../form/read-value.js';
import { hasWords } from '../finding/has-words.js';
import { englishNames, inEnglish } from './english.js';
import { isTrigger } from './is-trigger.js';
import { forAnyChannel, troubles } from './troubles.js';

/** A ready graph that does one thing, with the settings that its form asks for. */
export interface Recipe {
  /** The name of its file. */
  id: string;
  /** The trouble that it stands under. */
  trouble: string;
  title: string;
  text: string;
  graph: RuleGraph;
}

/**
 * The recipes in the order of the gallery, with their texts in the reader's language.
 * @param files graph files as read from samples/recipes/, by recipe id; one that this version cannot read is left out
 */
export function toRecipes(files: Readonly<Record<string, unknown>>, language: Language): Recipe[] {
  return troubles.flatMap(({ id: trouble, recipes }) =>
    recipes.flatMap((id): Recipe[] => {
      const { graph } = readGraph(files[id], nodeTypes);
      if (!graph) return [];
      const title = language === 'ru' ? graph.name : (englishNames[id] ?? graph.name);
      const own = language === 'ru' ? graph : inEnglish(graph, title);
      return [{ id, trouble, title, text: describe(graph.description, language), graph: own }];
    }),
  );
}

function describe(description: Bilingual | undefined, language: Language): string {
  return description?.[language] ?? '';
}

/** Whether a recipe answers what was typed: by its name, what it does, its trouble and the settings that it asks for. */
export function isFound({ title, text, graph }: Recipe, trouble: string, query: string, language: Language): boolean {
  const asked = (graph.parameters ?? []).map(({ label }) => label[language]);
  return hasWords([title, text, trouble, ...asked].join(' '), query);
}

/** The kinds of channels that a recipe is made for; none means any. */
export function kindsOf({ id, graph }: Pick<Recipe, 'id' | 'graph'>): string[] {
  if (forAnyChannel.has(id)) return [];
  const triggers = graph.nodes.filter(isTrigger);
  return [...new Set(triggers.flatMap(({ settings }) => textsOf(settings['channels'])))];
}
