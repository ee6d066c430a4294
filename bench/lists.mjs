// The log and the inbox with few messages against many, through the HTTP API, one request at a time.
import pg from 'pg';
import { median, openDatabase } from './database.mjs';
import { fillDesk, fillMessages, idOf, quietChannel, size } from './desk.mjs';
import { signIn, startServer } from './server.mjs';

const few = 10_000;
const many = Number(process.env.ROWS ?? 2_000_000);
/** Each line is asked so often, or for so long. */
const most = { requests: 200, ms: 3_000 };

const day = 86_400_000;
const ago = (days) => new Date(Date.now() - days * day).toISOString();
const query = (path, parameters) => `${path}?${new URLSearchParams(parameters)}`;

const lines = [
  ['log: first page', query('/api/messages', {})],
  ['log: page 100', (call) => pageAfter(call, 99)],
  ['log: of a channel', query('/api/messages', { channel: idOf('channels', 3) })],
  ['log: of a channel that is quiet for half a year', query('/api/messages', { channel: idOf('channels', quietChannel) })],
  ['log: of a contact', async (call) => query('/api/messages', { contact: (await call('GET', '/api/messages')).items[0].contact.id })],
  ['log: filtered', query('/api/messages', { status: 'filtered' })],
  ['log: failed (delivery or export)', query('/api/messages', { status: 'failed' })],
  ['log: unclear deliveries, of which there are none', query('/api/messages', { status: 'unknown' })],
  ['log: outbound', query('/api/messages', { direction: 'out' })],
  ['log: a week half a year ago', query('/api/messages', { from: ago(187), to: ago(180) })],
  ['log: search, a word of every fifth message', query('/api/messages', { q: 'ДОСТАВКА' })],
  ['log: search, a word that is nowhere (one look)', query('/api/messages', { q: 'бегемот' })],
  ['counters: no filter', query('/api/messages/counts', {})],
  ['counters: the last day', query('/api/messages/counts', { from: ago(1) })],
  ['counters: the whole year', query('/api/messages/counts', { from: ago(366) })],
  ['counters: of a channel', query('/api/messages/counts', { channel: idOf('channels', 3) })],
  ['counters: search', query('/api/messages/counts', { q: 'доставка' })],
  ['inbox: first page', query('/api/conversations', {})],
  ['inbox: open, needs an answer', query('/api/conversations', { status: 'open', needsAnswer: 'true' })],
  ['inbox: search, a common name', query('/api/conversations', { q: 'вера' })],
  ['inbox: search, a name that is nowhere (one look)', query('/api/conversations', { q: 'Ярополк' })],
];

export async function run() {
  const database = await openDatabase();
  const stops = [database.close];
  try {
    const started = performance.now();
    // Two databases of one PostgreSQL, asked in turn, so that whatever else the machine does slows both.
    const callSmall = await open(database.url, few, stops);
    const callLarge = await open(await database.another('large'), many, stops);
    console.error(`filled in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
    report(await measureAll(callSmall, callLarge));
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** A server on this database, which it fills with so many messages; gives the owner's `call`. */
async function open(url, messages, stops) {
  const server = await startServer(url);
  stops.push(server.stop);
  const call = await signIn(server.url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await fillMessages(client, await fillDesk(client), messages);
  } finally {
    await client.end();
  }
  return call;
}

function report(results) {
  const number = (value) => value.toLocaleString('en');
  const both = ({ p50, p99 }) => `${p50.toFixed(1)} / ${p99.toFixed(1)}`;
  console.log(
    `${number(size.conversations)} conversations, ${number(size.contacts)} contacts, ${size.channels} channels, messages of one year; pages of 50;`,
  );
  console.log(`median / p99 in ms of up to ${most.requests} requests, one at a time, the two databases in turn\n`);
  console.log(`| | ${number(few)} messages | ${number(many)} messages | ratio of medians |\n|---|---|---|---|`);
  for (const { name, small, large } of results)
    console.log(`| ${name} | ${both(small)} | ${both(large)} | ${(large.p50 / small.p50).toFixed(1)} |`);
  console.log(
    '\nA look and a count stop at 20,000 rows: where the small account has fewer, the large one pays up to that bound and no more.',
  );
}

async function measureAll(callSmall, callLarge) {
  const results = [];
  for (const [name, target] of lines) {
    const ask = async (call) => {
      const path = typeof target === 'string' ? target : await target(call);
      return () => call('GET', path);
    };
    results.push({ name, ...(await measure(await ask(callSmall), await ask(callLarge))) });
  }
  return results;
}

async function measure(askSmall, askLarge) {
  const [small, large] = [[], []];
  for (let warmUp = 0; warmUp < 3; warmUp++) await Promise.all([askSmall(), askLarge()]);
  const started = performance.now();
  while (small.length < most.requests && (performance.now() - started < most.ms || small.length < 5)) {
    small.push(await timed(askSmall));
    large.push(await timed(askLarge));
  }
  return { small: figures(small), large: figures(large) };
}

async function timed(ask) {
  const started = performance.now();
  await ask();
  return performance.now() - started;
}

function figures(taken) {
  return { p50: median(taken), p99: [...taken].sort((a, b) => a - b)[Math.floor(taken.length * 0.99)] };
}

/** The log's address with the cursor that so many pages give. */
async function pageAfter(call, pages) {
  let cursor = '';
  for (let page = 0; page < pages; page++) cursor = (await call('GET', query('/api/messages', cursor ? { cursor } : {}))).nextCursor;
  return query('/api/messages', { cursor });
}
