// A graph of fifteen nodes against the same rules written by hand, and the word matcher against its bound, in alternating rounds.
import { createHash } from 'node:crypto';
import { compile, createSession, emptyMemory, evaluate, nodeTypes, readGraph } from '../dist/rules/index.js';
import { parsePatterns } from '../dist/rules/text/patterns.js';
import { wordMatcher } from '../dist/rules/text/words.js';
import { handWritten, handWrittenWords } from './closures.mjs';
import { kinds, makeEvents, makeListed, makeLongText, makePatterns, seeded, sources } from './corpus.mjs';

const rounds = Number(process.env.ROUNDS ?? 7);
const messages = 10_000;

export async function run() {
  const patterns = makePatterns(200);
  const listed = makeListed(1000);
  const events = makeEvents(messages, { patterns, listed });
  const compiled = compile(readBenchGraph(patterns, listed), nodeTypes);
  const byHand = handWritten({ patterns, listed });
  const byGraph = (event) => evaluate(compiled, event, emptyMemory);
  compareDecisions(events, byGraph, byHand);

  const rows = alternate({
    'written by hand': () => repeat(events, byHand),
    'the graph, trace kept': () => repeat(events, byGraph),
    'the graph in a session (as `run` plays it)': () => repeat(events, createPlay(compiled)),
  });
  const lengths = events.map(({ message }) => message.text.length).sort((a, b) => a - b);
  console.log(
    `${messages} messages, median ${lengths[messages / 2]} characters; ${rounds} alternating rounds, process CPU time, medians (min..max)\n`,
  );
  print('| | µs per message | per second and core | ratio |', rows, messages);

  console.log('\nThe word matcher, texts without a hit, against one table and one look-up a character:\n');
  console.log('| patterns | characters | bound, µs | matcher, µs | ratio |\n|---|---|---|---|---|');
  for (const count of [10, 10_000]) for (const length of [100, 2000]) printMatcher(count, length);
}

/** Twelve steps on the way of a message that passes, as a shop would draw them. */
function readBenchGraph(patterns, listed) {
  const node = (id, type, settings = {}) => ({ id, type, settings });
  const next = (from, ...to) => to.map((target) => ({ from, to: target }));
  const json = {
    format: 1,
    name: 'Магазин',
    timezone: 'Europe/Moscow',
    nodes: [
      node('in', 'on-message'),
      node('list', 'contact-filter', { mode: 'block', list: listed }),
      node('words', 'word-filter', { mode: 'except', patterns: patterns.join('\n') }),
      node('emoji', 'emoji-filter'),
      node('where', 'switch', { field: 'channel.kind', cases: kinds.map((kind) => ({ in: [kind], port: kind })) }),
      node('vk', 'add-tags', { tags: 'ВКонтакте' }),
      node('source', 'route', {
        rows: sources.map(({ name, stage, user }) => ({ when: { channel: name }, stage, responsible: user })),
        default: {},
      }),
      node('night', 'time-window', { from: '22:00', to: '08:00' }),
      node('hello', 'reply', { text: 'Здравствуйте, %NAME%! Ответим утром.' }),
      node('tag', 'add-tags', { tags: 'сайт, %NAME%' }),
      node('first', 'if', { when: { field: 'conversation.inbound', op: 'lt', value: 2 } }),
      node('note', 'add-note', { text: 'Первое обращение: %NAME%' }),
      node('asks', 'word-match', { patterns: 'цен* стоит* прайс' }),
      node('price', 'notify', { to: ['responsible'], text: 'Спрашивают цену' }),
    ],
    edges: [
      ...next('in.next', 'list'),
      ...next('list.pass', 'words'),
      ...next('words.pass', 'emoji'),
      ...next('emoji.pass', 'where'),
      ...[...kinds, 'default'].flatMap((port) => next(`where.${port}`, port === 'vk' ? 'vk' : 'source')),
      ...next('vk.next', 'source'),
      ...next('source.next', 'night'),
      ...next('night.inside', 'hello'),
      ...next('night.outside', 'tag'),
      ...next('hello.next', 'tag'),
      ...next('tag.next', 'first'),
      ...next('first.yes', 'note'),
      ...next('first.no', 'asks'),
      ...next('note.next', 'asks'),
      ...next('asks.yes', 'price'),
    ],
  };
  const { graph, findings } = readGraph(json, nodeTypes);
  if (!graph) throw new Error(`The bench's graph is refused: ${JSON.stringify(findings)}`);
  return graph;
}

function compareDecisions(events, byGraph, byHand) {
  const tell = ({ filtered, effects }) =>
    JSON.stringify([filtered ?? null, effects.map((effect) => Object.entries(effect).sort(([a], [b]) => (a < b ? -1 : 1)))]);
  const [graph, hand] = [createHash('sha256'), createHash('sha256')];
  let filtered = 0;
  for (const event of events) {
    const decision = byGraph(event);
    if (decision.status === 'filtered') filtered += 1;
    const ours = tell({ filtered: decision.reason?.node, effects: decision.effects });
    const theirs = tell(byHand(event));
    if (decision.status === 'error' || ours !== theirs)
      throw new Error(`The decisions differ on ${JSON.stringify(event)}:\n${ours}\n${theirs}`);
    graph.update(ours);
    hand.update(theirs);
  }
  const [one, other] = [graph.digest('hex'), hand.digest('hex')];
  if (one !== other) throw new Error(`The hashes of all decisions differ: ${one} and ${other}`);
  console.log(`Both decide alike: ${filtered} of ${events.length} filtered, hash of all decisions ${one.slice(0, 16)}\n`);
}

function createPlay(compiled) {
  let session = createSession([compiled]);
  let left = messages;
  return (event) => {
    if (--left < 0) {
      session = createSession([compiled]);
      left = messages - 1;
    }
    return session.play(event);
  };
}

/** What keeps the compiler from leaving out what nobody reads. */
let sink;

function repeat(events, decide) {
  for (const event of events) sink = decide(event);
}

/** Microseconds of CPU of each task in each round: the tasks take turns, so that whatever else the machine does meets them all. */
function alternate(tasks, passes = 20) {
  for (const task of Object.values(tasks)) for (let pass = 0; pass < 5; pass++) task();
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const before = process.cpuUsage();
      for (let pass = 0; pass < passes; pass++) task();
      const { user, system } = process.cpuUsage(before);
      times[name].push((user + system) / passes);
    }
  }
  return times;
}

function print(head, times, count) {
  console.log(`${head}\n|---|---|---|---|`);
  const [bound] = Object.values(times);
  for (const [name, list] of Object.entries(times)) {
    const each = list.map((time) => time / count);
    console.log(
      `| ${name} | ${median(each).toFixed(2)} (${Math.min(...each).toFixed(2)}..${Math.max(...each).toFixed(2)}) | ${Math.round(1e6 / median(each))} | ${ratio(list, bound).toFixed(2)} |`,
    );
  }
}

function printMatcher(count, length) {
  const patterns = makePatterns(count);
  const random = seeded(13);
  const texts = JSON.parse(JSON.stringify(Array.from({ length: Math.ceil(200_000 / length) }, () => makeLongText(random, length))));
  const ours = wordMatcher(parsePatterns(patterns.join(' ')).patterns);
  const bound = handWrittenWords(patterns);
  for (const text of texts) if (ours(text) !== undefined || bound(text) >= 0) throw new Error(`A text without a hit has one: ${text}`);
  const { hand, matcher } = alternate({ hand: () => repeat(texts, bound), matcher: () => repeat(texts, ours) });
  const each = (list) => (median(list) / texts.length).toFixed(2);
  console.log(`| ${count} | ${length} | ${each(hand)} | ${each(matcher)} | ${ratio(matcher, hand).toFixed(2)} |`);
}

/** The median of the rounds' own ratios. */
function ratio(list, bound) {
  return median(list.map((time, round) => time / bound[round]));
}

function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}

export const lastResult = () => sink;
