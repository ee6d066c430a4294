// Ours beside the alternatives: the same desk in every engine, the word filter and the time window alone. docs/benchmarks.md says what the targets are.
import { contest } from './contest.mjs';
import { tellMessages } from './desk.mjs';
import { installAlternatives } from './install.mjs';
import { enginesTable, summarize, windowsTable, wordsTable } from './tables.mjs';

const rounds = Number(process.env.ROUNDS ?? 5);

/** Compared on 2,000 messages, not on all 10,000. */
const slow = ['zen custom node', 'zen function node'];
const engines = [
  'closures',
  'graph',
  'session',
  'zen tuned',
  'zen with host help',
  'zen custom node',
  'zen function node',
  'json-rules-engine tuned',
  'json-rules-engine idiomatic',
  'jsonata tuned',
  'jsonata alone',
  'node-red function',
  'node-red chain',
];
const matchers = [
  'one table by hand',
  'ours',
  'sets of words and stems',
  'RegExp, one alternation',
  'RegExp for each pattern',
  'word by word, pattern by pattern',
];
const clocks = ['fixed offset', 'ours', 'Intl format, kept', 'Intl formatToParts, kept', 'luxon', 'toLocaleString'];

/** @returns the figures as data: by part, microseconds of CPU and ratios to ours */
export async function run() {
  installAlternatives();
  return { engines: await runEngines(), words: await runWords(), windows: await runWindows() };
}

async function runEngines() {
  const { results, expected } = await contest({
    module: './engines.mjs',
    names: engines,
    check: (name) => ({ set: 'messages', count: slow.includes(name) ? 2000 : 10_000 }),
    sets: ['messages'],
    rounds,
    milliseconds: 500,
    warmUp: 1500,
    patience: 60_000,
  });
  console.log(`${tellMessages(expected)}; ${rounds} alternating rounds, a process each, CPU time of the whole process\n`);
  const summary = summarize(results, 'graph');
  enginesTable(summary);
  return summary;
}

async function runWords() {
  console.log('\nThe word filter alone, texts without a hit (100 and 2,000 characters), µs of CPU a text; build in ms:\n');
  const summaries = {};
  for (const count of [10, 100, 1000, 10_000]) {
    const { results } = await contest({
      module: './words.mjs',
      names: matchers,
      given: { count },
      check: () => ({ set: 'mixed', count: 60 }),
      sets: ['100', '2000'],
      rounds,
      milliseconds: 120,
      warmUp: 250,
      // One alternation of 10,000 takes V8 most of a minute to build, and then a second a text: who is not ready by then is out.
      patience: 12_000,
    });
    summaries[count] = summarize(results, 'ours');
  }
  wordsTable(summaries);
  return summaries;
}

async function runWindows() {
  console.log('\n«22:00–06:00, Europe/Moscow, working days», ns of CPU a decision:\n');
  const { results } = await contest({
    module: './windows.mjs',
    names: clocks,
    check: () => ({ set: 'spread', count: 2000 }),
    sets: ['spread', 'one after another'],
    rounds,
    milliseconds: 200,
    warmUp: 400,
    patience: 30_000,
  });
  const summary = summarize(results, 'ours');
  windowsTable(summary);
  return summary;
}
