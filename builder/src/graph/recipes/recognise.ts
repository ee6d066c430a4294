import { nodeTypes, settingAt, settingsForm, splitPort, type GraphNode, type RuleGraph } from '../../../../rules/index.js';
import { fieldsOf, type FieldSchema } from '../form/field-schema.js';
import { recordOf, textsOf } from '../form/read-value.js';
import { isTrigger } from './is-trigger.js';
import type { Recipe } from './recipe.js';

/** A recipe that a graph holds, whoever drew it. */
export interface Recognised {
  recipe: Recipe;
  /** The graph's step for each of the recipe's, by the recipe's ids. */
  steps: ReadonlyMap<string, GraphNode>;
}

/**
 * Finds recipes in a graph by what their steps are: the same types with the same fixed choices (modes, conditions, kinds), led to one another by the same
 * exits, with whatever other steps between. Texts, hours, people, words and channels may be anything. Of several recipes that are the same steps, the first;
 * one whose steps are all part of another's is left out.
 */
export function recognise(graph: RuleGraph, recipes: readonly Recipe[]): Recognised[] {
  const reach = reachOf(graph);
  const found = recipes.flatMap((recipe): Recognised[] => {
    const steps = matchSteps(recipe.graph, graph, reach);
    return steps ? [{ recipe, steps }] : [];
  });
  return found.filter((one, index) => !found.some((other, place) => other !== one && isCovered(one, other, place < index)));
}

function isCovered(one: Recognised, other: Recognised, isEarlier: boolean): boolean {
  const others = new Set(other.steps.values());
  const isPart = [...one.steps.values()].every((step) => others.has(step));
  return isPart && (other.steps.size > one.steps.size || isEarlier);
}

type Reach = (from: string, to: string) => boolean;

/** Tries the graph's steps for the recipe's one after another, and goes back where they do not fit together: recipes have a few steps. */
function matchSteps(recipe: RuleGraph, graph: RuleGraph, reach: Reach): ReadonlyMap<string, GraphNode> | undefined {
  const free = freeSettings(recipe);
  const isOnlyDrop = recipe.nodes.every((node) => node.type === 'drop' || isTrigger(node));
  const candidates = recipe.nodes.map((own) =>
    graph.nodes.filter((node) => node.type === own.type && node.disabled !== true && fits(own, node, free.get(own.id), isOnlyDrop)),
  );
  const chosen = new Map<string, GraphNode>();
  const isWired = () =>
    recipe.edges.every(({ from, to }) => {
      const { node = '', port = '' } = splitPort(from) ?? {};
      const [source, target] = [chosen.get(node), chosen.get(to)];
      return !source || !target || reach(`${source.id}.${port}`, target.id);
    });
  const choose = (place: number): boolean => {
    const own = recipe.nodes[place];
    if (!own) return true;
    return (candidates[place] ?? []).some((node) => {
      if ([...chosen.values()].includes(node)) return false;
      chosen.set(own.id, node);
      if (isWired() && choose(place + 1)) return true;
      chosen.delete(own.id);
      return false;
    });
  };
  return choose(0) ? chosen : undefined;
}

/** The names of settings that the recipe's form asks for, by step: in a graph they may be anything. */
function freeSettings(recipe: RuleGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const free = new Map<string, Set<string>>();
  for (const { path } of recipe.parameters ?? []) {
    const place = settingAt(recipe, path);
    if (place) free.set(place.node, new Set([...(free.get(place.node) ?? []), String(place.setting[0])]));
  }
  return free;
}

function fits(own: GraphNode, node: GraphNode, free: ReadonlySet<string> = new Set(), isOnlyDrop: boolean): boolean {
  const nodeType = nodeTypes.get(own.type);
  const [wanted, given] = [own, node].map(({ settings }) => nodeType?.settings.safeParse(settings));
  if (!nodeType || !wanted?.success || !given?.success) return false;
  const [wantedSettings, givenSettings] = [recordOf(wanted.data), recordOf(given.data)];
  const isWide = isTrigger(own) && !isOnlyDrop;
  return fieldsOf(settingsForm(nodeType)).every(({ name, schema }) => {
    if (free.has(name) || !isFixed(schema)) return true;
    const [one, other] = [wantedSettings[name], givenSettings[name]];
    return isWide ? meets(one, other) : JSON.stringify(one) === JSON.stringify(other);
  });
}

/** Whether a setting is a choice that makes a step what it is: one of named values, yes or no, a condition. Texts, names, times and numbers are not. */
function isFixed({ type, enum: values, items, widget }: FieldSchema): boolean {
  return values !== undefined || items?.enum !== undefined || type === 'boolean' || widget === 'condition' || widget === 'cases';
}

/** Whether two triggers may start on the same event: no list means anything, and `any` both ways. */
function meets(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined || one === 'any' || other === 'any') return true;
  if (!Array.isArray(one) || !Array.isArray(other)) return JSON.stringify(one) === JSON.stringify(other);
  const texts = textsOf(other);
  return textsOf(one).some((text) => texts.includes(text));
}

/** Whether wires lead from a port (`node.port`) to a step, through whatever stands between. */
function reachOf({ edges }: RuleGraph): Reach {
  const after = new Map<string, ReadonlySet<string>>();
  const walk = (port: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    const open = edges.filter(({ from }) => from === port).map(({ to }) => to);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      open.push(...edges.filter(({ from }) => splitPort(from)?.node === id).map(({ to }) => to));
    }
    return seen;
  };
  return (port, to) => {
    const known = after.get(port) ?? walk(port);
    after.set(port, known);
    return known.has(to);
  };
}
