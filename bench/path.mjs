// Webhook in -> effects committed, against pgbench doing one insert and one update per transaction on the same server, in alternating rounds.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { cpuOfTree, median, openDatabase } from './database.mjs';
import { signIn, startServer } from './server.mjs';

const rounds = Number(process.env.ROUNDS ?? 3);
const seconds = Number(process.env.SECONDS ?? 5);
const inFlight = 32;
const conversations = 2_000;
const secret = Buffer.alloc(32, 5);

const graph = {
  format: 1,
  name: 'Приём',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'spam', type: 'word-filter', settings: { mode: 'except', patterns: 'реклам* *кредит* казино' } },
    { id: 'night', type: 'time-window', settings: { from: '22:00', to: '08:00' } },
    { id: 'note', type: 'add-note', settings: { text: 'Ночью: %TEXT%' } },
    { id: 'stage', type: 'set-stage', settings: { pipeline: 'Воронка', stage: 'Первичный контакт' } },
    { id: 'tag', type: 'add-tags', settings: { tags: 'сайт, %NAME%' } },
    { id: 'task', type: 'create-task', settings: {} },
  ],
  edges: [
    { from: 'in.next', to: 'spam' },
    { from: 'spam.pass', to: 'night' },
    { from: 'night.inside', to: 'note' },
    { from: 'note.next', to: 'stage' },
    { from: 'night.outside', to: 'stage' },
    { from: 'stage.next', to: 'tag' },
    { from: 'tag.next', to: 'task' },
  ],
};

export async function run() {
  const pgbench = findPgbench();
  const database = await openDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const server = await startServer(database.url);
  try {
    const hooks = await prepare(server.url);
    await client.query(`CREATE TABLE bench_conversations (id bigint PRIMARY KEY, last_at timestamptz, unread int NOT NULL DEFAULT 0) WITH (fillfactor = 80);
      CREATE TABLE bench_messages (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, external_id text NOT NULL UNIQUE, conversation_id bigint NOT NULL, body text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
      INSERT INTO bench_conversations SELECT g, now(), 0 FROM generate_series(1, 10000) g; ANALYZE`);
    const results = { ours: [], one: [] };
    for (let round = 0; round < rounds; round++) {
      if (pgbench) results.one.push(runPgbench(pgbench, database));
      results.ours.push(await load(server, hooks, client, database));
    }
    report(results, Boolean(pgbench));
  } finally {
    await server.stop();
    await client.end();
    await database.close();
  }
}

function report({ ours, one }, hasPeer) {
  const pick = (list, key) => median(list.map((result) => result[key]));
  console.log(
    `${rounds} alternating rounds of ${seconds} s, ${inFlight} in flight, ${conversations} conversations over 5 channels; medians (min..max)\n`,
  );
  console.log('| | per second | ack p50 / p99 ms | CPU us each, server + Node |');
  console.log('|---|---|---|---|');
  const range = (list, key) =>
    `${Math.round(pick(list, key))} (${Math.round(Math.min(...list.map((r) => r[key])))}..${Math.round(Math.max(...list.map((r) => r[key])))})`;
  if (hasPeer)
    console.log(
      `| pgbench, one insert and one update a transaction | ${range(one, 'perSecond')} | - | ${Math.round(pick(one, 'databaseMicros'))} |`,
    );
  console.log(
    `| webhook in -> accepted (2xx after the commit) | ${range(ours, 'acceptedPerSecond')} | ${pick(ours, 'p50').toFixed(1)} / ${pick(ours, 'p99').toFixed(1)} | |`,
  );
  console.log(
    `| webhook in -> message, run, effects, deal committed | ${range(ours, 'perSecond')} | | ${Math.round(pick(ours, 'databaseMicros'))} + ${Math.round(pick(ours, 'nodeMicros'))} |`,
  );
  if (!hasPeer) return console.log('\npgbench is not on this machine (Debian: postgresql): no ratio');
  console.log(
    `\nratio to pgbench: ${(pick(ours, 'perSecond') / pick(one, 'perSecond')).toFixed(2)} in messages per second (each: 1 request, 1 message, 1 export, 1 run, 3 effects, deal, task)`,
  );
  console.log(
    `per CPU second: ${Math.round(1e6 / (pick(ours, 'databaseMicros') + pick(ours, 'nodeMicros')))} messages against ${Math.round(1e6 / pick(one, 'databaseMicros'))} transactions`,
  );
}

function findPgbench() {
  for (const path of ['/usr/bin/pgbench', '/usr/local/bin/pgbench', '/opt/homebrew/bin/pgbench']) {
    try {
      execFileSync(path, ['--version']);
      return path;
    } catch {
      // the next one
    }
  }
  return undefined;
}

function runPgbench(pgbench, database) {
  const folder = mkdtempSync(join(tmpdir(), 'razvilka-pgbench-'));
  const script = join(folder, 'one.sql');
  writeFileSync(
    script,
    `\\set conv random(1, 10000)\n\\set ext random(1, 2000000000)\nBEGIN;\nINSERT INTO bench_messages (external_id, conversation_id, body) VALUES ('ext-' || :ext, :conv, repeat('привет мир ', 30)) ON CONFLICT DO NOTHING;\nUPDATE bench_conversations SET last_at = now(), unread = unread + 1 WHERE id = :conv;\nCOMMIT;\n`,
  );
  const url = new URL(database.url);
  const env = {
    ...process.env,
    PGHOST: url.hostname,
    PGPORT: url.port,
    PGUSER: url.username,
    PGPASSWORD: url.password,
    PGDATABASE: url.pathname.slice(1),
  };
  const before = database.cpuSeconds();
  const text = execFileSync(pgbench, ['-n', '-M', 'prepared', '-f', script, '-c', String(inFlight), '-j', '2', '-T', String(seconds)], {
    env,
    encoding: 'utf8',
  });
  const perSecond = Number(/tps = ([\d.]+)/.exec(text)[1]);
  const count = Number(/actually processed: (\d+)/.exec(text)[1]);
  return { perSecond, databaseMicros: ((database.cpuSeconds() - before) * 1e6) / count };
}

/** Five channels and one published rule set; gives the hooks' addresses. */
async function prepare(url) {
  const call = await signIn(url);
  const { id } = await call('POST', '/api/rule-sets', { name: 'Приём', graph });
  await call('POST', `/api/rule-sets/${id}/publish`, {});
  const channels = await Promise.all(
    [1, 2, 3, 4, 5].map((n) =>
      call('POST', '/api/channels', { kind: 'webhook', name: `Сайт ${n}`, settings: { secret: `whsec_${secret.toString('base64')}` } }),
    ),
  );
  return channels.map((channel) => new URL(channel.hookUrl).pathname);
}

async function load(server, hooks, client, database) {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const countRuns = async () => Number((await client.query('SELECT count(*) AS n FROM runs')).rows[0].n);
  const runsBefore = await countRuns();
  const before = { database: database.cpuSeconds(), node: cpuOfTree(server.pid) };
  const started = performance.now();
  const latencies = [];
  let sent = 0;
  const writer = async () => {
    while (performance.now() - started < seconds * 1_000) {
      const n = sent++;
      const at = performance.now();
      await post(agent, server.url, hooks[n % hooks.length], n, runsBefore);
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, writer));
  const acceptedSeconds = (performance.now() - started) / 1_000;
  const deadline = performance.now() + 60_000;
  while ((await countRuns()) - runsBefore < sent && performance.now() < deadline) await new Promise((next) => setTimeout(next, 20));
  const workedSeconds = (performance.now() - started) / 1_000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  return {
    acceptedPerSecond: sent / acceptedSeconds,
    perSecond: sent / workedSeconds,
    p50: latencies[Math.floor(latencies.length * 0.5)],
    p99: latencies[Math.floor(latencies.length * 0.99)],
    databaseMicros: ((database.cpuSeconds() - before.database) * 1e6) / sent,
    nodeMicros: ((cpuOfTree(server.pid) - before.node) * 1e6) / sent,
  };
}

function post(agent, url, path, n, salt) {
  const conversation = `c${n % conversations}`;
  const id = `m${salt}-${n}`;
  const body = JSON.stringify({
    type: 'message.received',
    timestamp: '2026-11-21T09:00:00.000Z',
    data: {
      channel: 'site',
      message: {
        id,
        conversationId: conversation,
        sentAt: new Date().toISOString(),
        kind: 'text',
        text: `Здравствуйте, сколько стоит доставка номер ${n} до Казани? `.repeat(4),
      },
      sender: { id: conversation, name: 'Анна' },
    },
  });
  const stamp = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', secret).update(`msg_${id}.${stamp}.${body}`).digest('base64');
  return new Promise((done, failed) => {
    const call = request(
      url + path,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'webhook-id': `msg_${id}`,
          'webhook-timestamp': stamp,
          'webhook-signature': `v1,${signature}`,
        },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => (answer.statusCode === 202 ? done() : failed(new Error(`answered ${answer.statusCode}`))));
      },
    );
    call.on('error', failed);
    call.end(body);
  });
}
