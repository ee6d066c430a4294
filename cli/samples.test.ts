import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkTogether,
  compile,
  countCoverage,
  createSession,
  nodeTypes,
  runTests,
  toRunLine,
  withCalled,
  type RuleGraph,
} from '../rules/index.js';
import { checkFile } from './load-graphs.js';
import { readEvents } from './read-events.js';

const folder = join(process.cwd(), 'samples');
const recipeFolder = join(folder, 'recipes');
const endings = /\.rules\.json$/;

/** Ports that no event can reach: a window that is always open, and a scale without a middle. */
const outOfReach = ['autoresponder-telegram hours.outside', 'score-after-closing ask.passive', 'shop-care ask.passive'];

/** Recipes of which a desk takes one: together they would decide the same thing differently, and `check` says so. */
const alternatives = new Map([
  ['both-assign', [['queue-in-turn', 'queue-least-loaded', 'responsible-by-source', 'responsible-kept', 'telegram-comments-and-personal']]],
  [
    'both-answer',
    [
      [
        'autoresponder-night',
        'autoresponder-avito',
        'autoresponder-instagram',
        'autoresponder-telegram',
        'autoresponder-vk',
        'autoresponder-whatsapp',
        'first-message-answer',
        'intro-phrases',
        'price-list',
        'working-hours-bot',
      ],
    ],
  ],
  ['both-set-stage', [['stage-always-same', 'stage-by-source', 'words-to-stage']]],
]);

/** The rule sets of each desk, in the order of their priority. */
const desks = {
  shop: ['shop-filters', 'shop-desk', 'shop-care'],
  clinic: ['clinic-filters', 'clinic-desk', 'clinic-duty'],
  service: ['service-filters', 'service-desk', 'service-care'],
};

const sampleFiles = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => endings.test(file))
  .sort();
const recipes = readdirSync(recipeFolder)
  .filter((file) => endings.test(file))
  .map((file) => file.replace(endings, ''))
  .sort();
const docs = readFileSync(join(process.cwd(), 'docs/recipes.md'), 'utf8');
const rows = [
  ...docs.matchAll(/^\| \[([a-z0-9-]+)\]\(\.\.\/samples\/recipes\/([a-z0-9-]+)\.rules\.json\) \| (.+) \| (.+) \| (.+) \|$/gm),
].map(([, recipe = '', target, ru = '', en = '', ids = '']) => ({ recipe, target, ru, en, ids: ids.split(' ') }));

async function graphOf(file: string): Promise<RuleGraph> {
  const { graph, findings } = await checkFile(join(folder, file));
  expect({ file, findings }).toEqual({ file, findings: [] });
  if (!graph) throw new Error(`${file} holds no graph`);
  return graph;
}

/** The places of a graph that its own tests do not reach. */
async function unreached(graph: RuleGraph): Promise<string[]> {
  const count = countCoverage([graph], nodeTypes);
  for (const { lines } of await runTests(graph, compile(graph, nodeTypes))) for (const line of lines) count.add(line, 'tests', graph.name);
  return count
    .result()
    .flatMap(({ nodes }) => nodes)
    .flatMap(({ node, ports }) => ports.filter(({ reached }) => reached.tests === 0).map(({ port }) => `${node}.${port}`));
}

it('reads every sample without a finding, and its own tests pass', async () => {
  expect(sampleFiles.length).toBeGreaterThan(recipes.length);
  const graphs = await Promise.all(sampleFiles.map(graphOf));
  const compiled = graphs.map((graph) => compile(graph, nodeTypes));
  for (const [index, graph] of graphs.entries()) {
    const [own, ...others] = withCalled(compiled, index);
    if (!own) throw new Error(`${graph.name} was not compiled`);
    const failed = (await runTests(graph, own, others)).filter(({ passed }) => !passed);
    expect({ file: sampleFiles[index], failed: failed.map(({ name, differences }) => ({ name, differences })) }).toEqual({
      file: sampleFiles[index],
      failed: [],
    });
  }
});

it('has recipes that go together, but for those that do one thing in different ways', async () => {
  const graphs = await Promise.all(recipes.map((recipe) => graphOf(`recipes/${recipe}.rules.json`)));
  const names = graphs.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const conflicts = checkTogether(graphs, nodeTypes).map(({ index, other, finding }) => ({
    code: finding.code,
    pair: [recipes[index] ?? '', other === undefined ? '' : (recipes[other] ?? '')],
  }));
  const surprising = conflicts.filter(({ code, pair }) => !alternatives.get(code)?.some((way) => pair.every((one) => way.includes(one))));
  expect(surprising).toEqual([]);
});

it.each(recipes)('%s: says what it is, fits on a screen, and its tests reach all of it', async (recipe) => {
  const graph = await graphOf(`recipes/${recipe}.rules.json`);
  expect(graph.description?.ru).toMatch(/[а-яё].+\.$/);
  expect(graph.description?.en).toMatch(/[a-z].+\.$/);
  expect(graph.tests?.length).toBeGreaterThanOrEqual(3);
  expect(graph.parameters?.length).toBeGreaterThanOrEqual(1);
  const places = new Map(graph.nodes.map(({ id, position }) => [id, position?.[0] ?? -1]));
  for (const x of places.values()) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(1400);
  }
  for (const { from, to } of graph.edges) expect(places.get(to)).toBeGreaterThan(places.get(from.split('.')[0] ?? '') ?? 1400);
  expect((await unreached(graph)).map((place) => `${recipe} ${place}`)).toEqual(
    outOfReach.filter((place) => place.startsWith(`${recipe} `)),
  );
});

it('tells of every recipe in the docs, in the words of the file, and of no other', async () => {
  const told = rows.map(({ recipe }) => recipe);
  expect(new Set(told).size).toBe(told.length);
  expect(new Set(told)).toEqual(new Set(recipes));
  for (const { recipe, target, ru, en } of rows) {
    const { name, description } = await graphOf(`recipes/${recipe}.rules.json`);
    expect({ target, ru, en }).toEqual({ target: recipe, ru: `**${name}.** ${description?.ru}`, en: description?.en });
  }
});

it('names each behaviour either with a recipe or among the settings that are no rules', () => {
  const [, others = ''] = docs.split('## Settings that are no rules');
  const behaviour = /\b(?:AI|AC|MV|I2|UM)-[A-Z]\d\d\b/g;
  const asRules = new Set(rows.flatMap(({ ids }) => ids));
  const notAsRules = others.match(behaviour) ?? [];
  for (const id of asRules) expect(id).toMatch(/^(?:AI|AC|MV|I2|UM)-[A-Z]\d\d$/);
  expect(new Set(notAsRules).size).toBe(notAsRules.length);
  expect(notAsRules.filter((id) => asRules.has(id))).toEqual([]);
  expect(asRules.size + notAsRules.length).toBe(200);
});

describe.each(Object.entries(desks))('the %s desk', (name, files) => {
  const events = `samples/${name}-desk.events.jsonl`;

  async function play(): Promise<ReturnType<typeof toRunLine>[]> {
    const graphs = await Promise.all(files.map((file) => graphOf(`${file}.rules.json`)));
    const session = createSession(graphs.map((graph) => compile(graph, nodeTypes)));
    const lines = [];
    for await (const event of readEvents(events)) lines.push(...(await session.play(event)).map(toRunLine));
    return lines;
  }

  it.each(files)('%s: its own tests reach all of it', async (file) => {
    const missed = await unreached(await graphOf(`${file}.rules.json`));
    expect(missed.map((place) => `${file} ${place}`)).toEqual(outOfReach.filter((place) => place.startsWith(`${file} `)));
  });

  it('answers no message twice', async () => {
    expect(checkTogether(await Promise.all(files.map((file) => graphOf(`${file}.rules.json`))), nodeTypes)).toEqual([]);
  });

  it('takes its events without an error, and they reach every node', async () => {
    const lines = await play();
    expect(lines.filter(({ status }) => status === 'error')).toEqual([]);
    const taken = lines.filter(({ type }) => type !== 'timer-fired' && type !== 'schedule-ticked').length;
    expect(taken).toBeGreaterThanOrEqual(30);
    expect(taken).toBeLessThanOrEqual(60);
    const graphs = await Promise.all(files.map((file) => graphOf(`${file}.rules.json`)));
    const count = countCoverage(graphs, nodeTypes);
    for (const line of lines) count.add(line, 'events');
    const missed = count.result().flatMap(({ nodes }) => nodes.filter(({ reached }) => reached.events === 0).map(({ node }) => node));
    expect(missed).toEqual([]);
  });

  it('gives the lines that the README shows', async () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const command = `npx razvilka run ${files.map((file) => `samples/${file}.rules.json`).join(' ')} --events ${events}\n`;
    const [shown = ''] = readme.split(command)[1]?.split('```') ?? [];
    const lines = new Map((await play()).map((line) => [line.event, JSON.stringify(line)]));
    const told = shown.trim().split('\n');
    expect(told).toHaveLength(4);
    for (const line of told) {
      const full = lines.get(/^{"event":"([^"]+)"/.exec(line)?.[1] ?? '');
      for (const piece of line.split('…')) expect(full).toContain(piece);
    }
  });
});
