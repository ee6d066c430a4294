import type { Directory } from '../../../../api/rule-sets.js';
import { settingAt, type RuleGraph } from '../../../../rules/index.js';
import { widgetOf } from '../form/field-schema.js';
import { findProblems } from '../use-checks.js';
import { englishNames, englishTexts } from './english.js';
import { fillRecipe, toRuleSet } from './fill-recipe.js';
import { insertRecipe } from './insert-recipe.js';
import { troubles } from './troubles.js';
import { findingsFor, firstAnswers, questionsOf } from './questions.js';
import { isFound, kindsOf, toRecipes } from './recipe.js';
import { sampleFiles, sampleRecipe, sampleRecipes } from './recipe-samples.js';
import { testsThatHold } from './tests-that-hold.js';

const account: Directory = {
  channels: [{ id: 'c-1', name: 'Бот', kind: 'telegram', surface: 'direct', account: null }],
  pipelines: [{ name: 'Воронка', stages: [{ name: 'Первичный контакт', open: true }] }],
  users: [{ id: 'u-1', name: 'Ольга' }],
  ruleSets: [],
  crmConnections: [],
};

/** Names of the account: they are the same in every language. */
const names = [
  'Успешно реализовано',
  'Закрыто и не реализовано',
  'Оформление',
  'Совет дома',
  'Директ – inst_acc_1',
  'Воронка',
  'Первичный контакт',
  'Неразобранное',
  'Продажи',
  'Новая',
  'Счёт выставлен',
  'Запрос цены',
];

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

it('stands every recipe of samples/ under one trouble', () => {
  const listed = troubles.flatMap(({ recipes: own }) => own);
  expect(new Set(listed).size).toBe(listed.length);
  expect([...listed].sort()).toEqual(Object.keys(sampleFiles).sort());
  expect(sampleRecipes).toHaveLength(listed.length);
});

it('says every recipe in English too', () => {
  expect(Object.keys(englishNames).sort()).toEqual(Object.keys(sampleFiles).sort());
  const texts = sampleRecipes.flatMap(({ graph }) => textsIn(graph.nodes.map(({ title, settings }) => [title, settings])));
  const russian = new Set(texts.filter((text) => /[а-яё]/i.test(text)));
  expect([...russian].filter((text) => !(text in englishTexts) && !names.includes(text))).toEqual([]);
  expect(Object.keys(englishTexts).filter((text) => !russian.has(text))).toEqual([]);
  const own = toRecipes(sampleFiles, 'en').flatMap(({ title, graph }) => [title, ...textsIn(graph.nodes)]);
  expect(own.filter((text) => /[а-яё]/i.test(text) && !names.includes(text))).toEqual([]);
});

it.each(sampleRecipes)('$id: has a form that gives back the recipe, and one without names that the account lacks', ({ graph }) => {
  const questions = questionsOf(graph, undefined);
  const places = questions.flatMap((question) => question.places);
  for (const { path } of graph.parameters ?? []) {
    const place = settingAt(graph, path);
    expect(places.some(({ node, setting }) => node === place?.node && setting.every((key, index) => key === place.setting[index]))).toBe(
      true,
    );
  }
  expect(new Set(questions.map(({ key }) => key)).size).toBe(questions.length);
  expect(fillRecipe(graph, questions, firstAnswers(graph, questions, undefined))).toEqual(graph);

  const own = questionsOf(graph, account);
  const filled = fillRecipe(graph, own, firstAnswers(graph, own, account));
  const left = findProblems(toRuleSet(filled, 'Мои'), account);
  expect(left.filter(({ code }) => code.startsWith('unknown-'))).toEqual([]);
  const asked = own.flatMap((question) => findingsFor(question, filled, left));
  const elsewhere = left.filter((finding) => finding.severity === 'error' && !asked.includes(finding));
  expect(elsewhere.map(({ code, node }) => ({ code, node }))).toEqual([]);
});

it('draws every question by the kind of input of its setting', () => {
  const kinds = new Map(
    sampleRecipes.flatMap(({ id, graph }) =>
      questionsOf(graph, undefined).map(({ key, schema, asked }): [string, string] => [`${id} ${key}`, asked ? 'form' : widgetOf(schema)]),
    ),
  );
  expect(kinds.get('auto-close nodes.client.settings.after')).toBe('duration');
  const hours = questionsOf(sampleRecipe('working-hours-bot').graph, undefined).filter(({ asked }) => asked);
  expect(hours.map(({ key, asked }) => [key, [...(asked ?? [])]])).toEqual([['nodes.work.settings', ['intervals', 'days', 'dates']]]);
  expect(kinds.get('word-filter-except nodes.words.settings.patterns')).toBe('words');
  expect(kinds.get('score-after-closing nodes.ask.settings.thanks.promoter')).toBe('template');
  expect(kinds.get('responsible-by-source nodes.route.settings.default.responsible')).toBe('user');
  expect(kinds.get('stage-by-source nodes.route.settings.rows')).toBe('routes');
  const fallen = [...kinds].filter(([, kind]) => kind === 'text' || kind === 'lines').map(([key]) => key);
  // Plain lines of text: names of fields, reasons, a code's place, lists of clients, groups, posts and CRM connections, and the stages of a condition.
  expect(fallen.filter((key) => !/\.(field|pattern|list|value|until|reason|to)$/.test(key))).toEqual([]);
});

it('asks for the channels once for all triggers, and not where the recipe asks itself', () => {
  const [first] = questionsOf(sampleRecipe('autoresponder-telegram').graph, undefined);
  expect(first).toMatchObject({ label: { en: 'Channels' }, places: [{ setting: ['channels'] }] });
  const keys = questionsOf(sampleRecipe('price-list').graph, undefined).map(({ key }) => key);
  expect(keys.filter((key) => key.endsWith('.channels'))).toHaveLength(1);
  const [both] = questionsOf({ ...sampleRecipe('hold-mailings-for-good').graph, parameters: [] }, undefined);
  expect(both).toMatchObject({ label: { en: 'Channels' }, places: [{ setting: ['channels'] }, { setting: ['channels'] }] });
});

it('leaves out special dates that are over', () => {
  const { graph } = sampleRecipe('working-hours-bot');
  const questions = questionsOf(graph, undefined);
  const key = 'nodes.work.settings';
  expect(firstAnswers(graph, questions, undefined, '2026-03-08')[key]).toMatchObject({ dates: { '2026-03-09': 'closed' } });
  expect(firstAnswers(graph, questions, undefined, '2026-11-21')[key]).not.toHaveProperty('dates');
});

it('asks for people whom only a step names, and drops a row of a table with its channel', () => {
  const words = questionsOf(sampleRecipe('words-to-stage').graph, account);
  expect(words.some(({ key }) => key.endsWith('.stage'))).toBe(true);
  const { graph } = sampleRecipe('responsible-by-source');
  const questions = questionsOf(graph, account);
  const answers = firstAnswers(graph, questions, account);
  expect(answers['nodes.route.settings.rows']).toBeUndefined();
  expect(answers['nodes.route.settings.default.responsible']).toBeUndefined();
});

it('keeps the wires of a step whose exits are typed anew', () => {
  const { graph } = sampleRecipe('intro-phrases');
  const questions = questionsOf(graph, undefined);
  const answers = firstAnswers(graph, questions, undefined);
  const key = questions.find(({ schema }) => schema.widget === 'cases')?.key ?? '';
  const none = fillRecipe(graph, questions, { ...answers, [key]: [] });
  expect(none.edges.length).toBeLessThan(graph.edges.length);
  expect(fillRecipe(graph, questions, answers)).toEqual(graph);
});

it('goes into an open graph below what is there, under fresh ids, with its wires', () => {
  const { graph: recipe } = sampleRecipe('autoresponder-telegram');
  const open: RuleGraph = {
    format: 1,
    name: 'Открытый',
    timezone: 'Asia/Omsk',
    nodes: [{ id: 'in', type: 'on-message', settings: {}, position: [40, 300] }],
    edges: [],
  };
  const { graph, picked } = insertRecipe(open, recipe);
  expect(graph.nodes.map(({ id }) => id)).toEqual(['in', 'in-2', 'hours', 'answer']);
  expect(graph.edges).toEqual([
    { from: 'in-2.next', to: 'hours' },
    { from: 'hours.inside', to: 'answer' },
  ]);
  expect([...picked.nodes]).toEqual(['in-2', 'hours', 'answer']);
  const [, first] = graph.nodes;
  expect(first?.position?.[0]).toBe(40);
  expect(first?.position?.[1]).toBeGreaterThan(400);
  expect(graph).toMatchObject({ name: 'Открытый', timezone: 'Asia/Omsk' });
  expect(graph).not.toHaveProperty('parameters');
});

it('takes along the tests that still hold, in plain words', async () => {
  const { graph } = sampleRecipe('autoresponder-telegram');
  const asItWas = await testsThatHold(toRuleSet(graph, 'Мои'), graph.tests);
  expect(asItWas.map(({ name }) => name)).toEqual([
    'Окно 00:00–00:00 — круглые сутки',
    'Три сообщения — три ответа',
    'Комментарию не отвечаем',
  ]);
  const questions = questionsOf(graph, undefined);
  const text = fillRecipe(graph, questions, { ...firstAnswers(graph, questions, undefined), 'nodes.answer.settings.text': 'Скоро' });
  expect(await testsThatHold(toRuleSet(text, 'Мои'), graph.tests)).toHaveLength(2);
});

it('is found by its name, its trouble and what it asks for', () => {
  const recipe = sampleRecipe('word-filter-except');
  expect(isFound(recipe, 'Люди тратят время на спам', 'спам', 'ru')).toBe(true);
  expect(isFound(recipe, '', 'причина журнале', 'ru')).toBe(true);
  expect(isFound(recipe, '', 'автоответчик', 'ru')).toBe(false);
  expect(kindsOf(sampleRecipe('price-list'))).toEqual([]);
  expect(kindsOf(sampleRecipe('groups-off'))).toEqual(['whatsapp', 'telegram']);
});
