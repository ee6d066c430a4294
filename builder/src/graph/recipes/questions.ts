import {
  checkGraph,
  nodeTypes,
  settingAt,
  settingsForm,
  spellSetting,
  type AccountDirectory,
  type Bilingual,
  type Finding,
  type RuleGraph,
  type SettingPlace,
} from '../../../../rules/index.js';
import { ownerOf } from '../commands.js';
import type { FieldSchema } from '../form/field-schema.js';
import { recordOf } from '../form/read-value.js';
import { isTrigger } from './is-trigger.js';
import { partAt, schemaAt, withPartAt } from './setting-parts.js';

/** One field of a recipe's form. */
export interface Question {
  /** Unique in a form. */
  key: string;
  label: Bilingual;
  help?: Bilingual;
  /** The settings that the answer goes to; the first one says how it is entered. */
  places: readonly [SettingPlace, ...SettingPlace[]];
  schema: FieldSchema;
  required: boolean;
  /** Given where the question is about a step as a whole, which is drawn with a picture of its settings (hours): the settings that are always shown. */
  asked?: ReadonlySet<string>;
}

/** What was answered, by the questions' keys; an absent one takes the setting out. */
export type Answers = Readonly<Record<string, unknown>>;

const channelsLabel: Bilingual = { ru: 'Каналы', en: 'Channels' };
const channelsHelp: Bilingual = { ru: 'Если не выбирать, то все', en: 'None chosen means all' };

/**
 * The form of a recipe: the channels that it works on, the settings that it names, and whatever else in it speaks of people, stages or CRM connections that
 * this account does not have.
 * @param account undefined while it is being read: then nothing is known to be missing
 */
export function questionsOf(recipe: RuleGraph, account: AccountDirectory | undefined): Question[] {
  const all = (recipe.parameters ?? []).flatMap(({ path, label }) => {
    const place = settingAt(recipe, path);
    const question = place && (pictureQuestion(recipe, place) ?? questionAt(recipe, place, label));
    return question ? [question] : [];
  });
  // Several parameters of a step with a picture are one question.
  const named = all.filter(({ key }, index) => all.findIndex((other) => other.key === key) === index);
  const asked = [...channelQuestion(recipe, named), ...named];
  return [...asked, ...lostQuestions(recipe, account, asked)];
}

/**
 * The answers that a form begins with: the recipe's own, without names that the account does not have.
 * @param today YYYY-MM-DD: special dates before it are left out
 */
export function firstAnswers(
  recipe: RuleGraph,
  questions: readonly Question[],
  account: AccountDirectory | undefined,
  today = '',
): Answers {
  const known = withoutUnknown(recipe, account);
  return Object.fromEntries(
    questions.flatMap(({ key, schema, places: [{ node, setting }] }) => {
      const stored = partAt(known.nodes.find(({ id }) => id === node)?.settings, setting);
      const value = schema.widget === 'dates' ? datesFrom(stored, today) : setting.length === 0 ? withDatesFrom(stored, today) : stored;
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function withDatesFrom(settings: unknown, today: string): unknown {
  return withPartAt(settings, ['dates'], datesFrom(partAt(settings, ['dates']), today));
}

/** Special dates that are still to come; undefined for none. */
function datesFrom(dates: unknown, today: string): unknown {
  const left = Object.entries(recordOf(dates)).filter(([date]) => date >= today);
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/** The findings that are about a question's settings, in a graph made of its recipe. */
export function findingsFor({ places }: Question, graph: RuleGraph, findings: readonly Finding[]): Finding[] {
  return findings.filter(({ path }) => {
    const found = path === undefined ? undefined : settingAt(graph, path);
    return found && places.some((place) => found.node === place.node && isWithin(found.setting, place.setting));
  });
}

/** Hours are asked for together with the strip that shows them: they mean little one by one. Undefined for a step without such a picture. */
function pictureQuestion(recipe: RuleGraph, { node: id }: SettingPlace): Question | undefined {
  const node = recipe.nodes.find((one) => one.id === id);
  const nodeType = nodeTypes.get(node?.type ?? '');
  if (!node || !nodeType || typeof settingsForm(nodeType)['overview'] !== 'string') return undefined;
  const places = (recipe.parameters ?? []).flatMap(({ path }) => settingAt(recipe, path) ?? []);
  const asked = new Set(places.filter((place) => place.node === id).map(({ setting: [name] }) => String(name)));
  const label = node.title === undefined ? nodeType.title : { ru: node.title, en: node.title };
  return { key: spellSetting({ node: id, setting: [] }), label, places: [{ node: id, setting: [] }], schema: {}, required: true, asked };
}

function questionAt(recipe: RuleGraph, place: SettingPlace, label: Bilingual): Question | undefined {
  const node = recipe.nodes.find(({ id }) => id === place.node);
  const nodeType = nodeTypes.get(node?.type ?? '');
  if (!node || !nodeType) return undefined;
  const { schema, required } = schemaAt(nodeType, place.setting, partAt(node.settings, place.setting));
  return { key: spellSetting(place), label, help: schema.help, places: [place], schema, required };
}

/** Channels are asked once for all triggers, unless the recipe asks for them itself. */
function channelQuestion(recipe: RuleGraph, named: readonly Question[]): Question[] {
  const triggers = recipe.nodes.filter((node) => isTrigger(node) && takesChannels(node.type));
  const places = triggers.map(({ id }): SettingPlace => ({ node: id, setting: ['channels'] }));
  const free = places.filter((place) => !named.some((question) => isAbout(question, place)));
  const [first, ...others] = free;
  const question = first && questionAt(recipe, first, channelsLabel);
  return question ? [{ ...question, help: channelsHelp, places: [first, ...others] }] : [];
}

function takesChannels(type: string): boolean {
  const nodeType = nodeTypes.get(type);
  return nodeType !== undefined && schemaAt(nodeType, ['channels'], undefined).schema.widget === 'channels';
}

function lostQuestions(recipe: RuleGraph, account: AccountDirectory | undefined, asked: readonly Question[]): Question[] {
  const lost = new Map<string, Question>();
  for (const place of unknownNames(recipe, account)) {
    const [setting] = place.setting;
    if (setting === undefined || asked.some((question) => isAbout(question, place))) continue;
    const whole: SettingPlace = { node: place.node, setting: [setting] };
    const node = recipe.nodes.find(({ id }) => id === place.node);
    const nodeType = nodeTypes.get(node?.type ?? '');
    if (!nodeType) continue;
    const name = schemaAt(nodeType, [setting], undefined).schema.label ?? { ru: String(setting), en: String(setting) };
    const step = node?.title === undefined ? nodeType.title : { ru: node.title, en: node.title };
    const question = questionAt(recipe, whole, { ru: `${name.ru} («${step.ru}»)`, en: `${name.en} (“${step.en}”)` });
    if (question) lost.set(question.key, question);
  }
  return [...lost.values()];
}

/** Takes out every name that the account does not have; a row of a table goes as a whole, because without its condition it would fit everything. */
function withoutUnknown(recipe: RuleGraph, account: AccountDirectory | undefined): RuleGraph {
  let graph = recipe;
  // Each round takes one out, and a stage is judged once its pipeline is known: a recipe has far fewer names.
  for (let round = 0; round < 100; round++) {
    const [place] = unknownNames(graph, account);
    if (!place) return graph;
    const entry = place.setting.findIndex((key) => typeof key === 'number');
    const keys = entry < 0 ? place.setting : place.setting.slice(0, entry + 1);
    const nodes = graph.nodes.map((node) =>
      node.id === place.node ? { ...node, settings: recordOf(withoutEmptyList(withPartAt(node.settings, keys, undefined), keys)) } : node,
    );
    graph = { ...graph, nodes };
  }
  return graph;
}

/** A list of which the last entry went: for most settings an empty list is no list, and means something else. */
function withoutEmptyList(settings: unknown, keys: readonly (string | number)[]): unknown {
  const list = keys.slice(0, -1);
  const left = partAt(settings, list);
  return typeof keys.at(-1) === 'number' && Array.isArray(left) && left.length === 0 ? withPartAt(settings, list, undefined) : settings;
}

const nameCodes = new Set(['unknown-channel', 'unknown-pipeline', 'unknown-stage', 'unknown-user', 'unknown-crm-connection']);

/** Where names stand that the account does not have. A step that waits for an answer already cannot be checked, and has none left that matters. */
function unknownNames(graph: RuleGraph, account: AccountDirectory | undefined): SettingPlace[] {
  if (!account) return [];
  const nodes = graph.nodes.filter(({ type, settings }) => nodeTypes.get(type)?.settings.safeParse(settings).success);
  const ids = new Set(nodes.map(({ id }) => id));
  const edges = graph.edges.filter(({ from, to }) => ids.has(ownerOf(from)) && ids.has(to));
  return checkGraph({ ...graph, nodes, edges }, nodeTypes, account).flatMap(({ code, path }) => {
    const place = nameCodes.has(code) && path !== undefined ? settingAt({ nodes }, path) : undefined;
    return place ? [place] : [];
  });
}

function isAbout({ places }: Question, place: SettingPlace): boolean {
  return places.some((one) => one.node === place.node && (isWithin(place.setting, one.setting) || isWithin(one.setting, place.setting)));
}

function isWithin(inner: readonly (string | number)[], outer: readonly (string | number)[]): boolean {
  return outer.every((key, index) => inner[index] === key);
}
