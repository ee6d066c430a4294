// npm run bench:mistakes: 200 mistakes that a seeded program makes in the sample desks, and what finds each before it is published. Needs `npm run build` first.
//   npm run bench:mistakes -- --seed 2      other mistakes
//   npm run bench:mistakes -- --missed      what nothing found
//   npm run bench:mistakes -- --check       what the check did not find
import { parseArgs } from 'node:util';
import { diffGraphs, nodeTypes, readGraph } from '../../dist/rules/index.js';
import { seeded } from '../corpus.mjs';
import { readDesks } from './desks.mjs';
import { differs, failsTests, findingsOf } from './judge.mjs';
import { mistakes } from './make.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '200' },
    missed: { type: 'boolean' },
    check: { type: 'boolean' },
  },
});
const count = Math.min(Number(values.count), 2000);
const random = seeded(Number(values.seed));
const names = Object.keys(mistakes);
const desks = readDesks();
const sound = desks.map(({ graphs, account }) => new Set(findingsOf(graphs, account).lines));
for (const [place, lines] of sound.entries())
  if (lines.size > 0) console.error(`${desks[place].name} has findings of its own, which do not count: ${[...lines].join('; ')}`);

const ways = ['check', 'tests', 'recorded', 'month'];
const table = new Map(names.map((name) => [name, { made: 0, any: 0, check: 0, tests: 0, recorded: 0, month: 0 }]));
const missed = [];
for (let made = 0, turn = 0; made < count && turn < count * 50; turn++) {
  const name = names[made % names.length];
  const mistake = makeMistake(name);
  if (!mistake) continue;
  made += 1;
  const found = await judge(mistake);
  const row = table.get(name);
  row.made += 1;
  for (const way of ways) if (found[way]) row[way] += 1;
  if (ways.some((way) => found[way])) row.any += 1;
  else missed.push(`${name}: ${mistake.desk.name}, ${mistake.graphs[mistake.place].name}, ${mistake.what}`);
  if (values.check && !found.check) console.error(`${name}: ${mistake.desk.name}, ${mistake.graphs[mistake.place].name}, ${mistake.what}`);
}
print();

/** One mistake in a copy of a desk; undefined where there is no place for it, or where it changes no meaning. */
function makeMistake(name) {
  const desk = desks[Math.floor(random() * desks.length)];
  const place = Math.floor(random() * desk.graphs.length);
  const graphs = structuredClone(desk.graphs);
  const account = structuredClone(desk.account);
  const what = mistakes[name](graphs[place], random, account);
  if (what === undefined) return undefined;
  const isReadable = readGraph(structuredClone(graphs[place]), nodeTypes).graph !== undefined;
  const isSame =
    isReadable && diffGraphs(desk.graphs[place], graphs[place], nodeTypes).equal && account.users.length === desk.account.users.length;
  return isSame ? undefined : { desk, place, graphs, account, what };
}

async function judge({ desk, place, graphs, account }) {
  const { lines, isSound } = findingsOf(graphs, account);
  const known = sound[desks.indexOf(desk)];
  const check = lines.some((line) => !known.has(line));
  // A graph with an error is refused before anything runs it.
  if (!isSound) return { check };
  return {
    check,
    tests: await failsTests(graphs, place),
    recorded: await differs(desk.graphs, graphs, desk.recorded),
    month: await differs(desk.graphs, graphs, desk.month),
  };
}

function print() {
  const rows = [...table].filter(([, { made }]) => made > 0);
  const total = { made: 0, any: 0, check: 0, tests: 0, recorded: 0, month: 0 };
  for (const [, row] of rows) for (const key of Object.keys(total)) total[key] += row[key];
  const share = (found) => `${((100 * found) / total.made).toFixed(1)} %`;
  console.log(`${total.made} mistakes, seed ${values.seed}\n`);
  console.log(
    '| mistake | made | check | embedded tests | backtest, recorded events | backtest, a month | any |\n|---|---|---|---|---|---|---|',
  );
  for (const [name, row] of rows)
    console.log(`| ${name} | ${row.made} | ${row.check} | ${row.tests} | ${row.recorded} | ${row.month} | ${row.any} |`);
  console.log(
    `| **all** | ${total.made} | ${share(total.check)} | ${share(total.tests)} | ${share(total.recorded)} | ${share(total.month)} | **${share(total.any)}** |`,
  );
  if (values.missed) console.log(`\nFound by nothing:\n\n${missed.map((line) => `- ${line}`).join('\n')}`);
}
