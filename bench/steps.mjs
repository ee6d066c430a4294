// How often steps ran: what counting costs the path, three ways, and what reading costs with many runs (docs/decisions/0017-steps-are-counted-behind-the-path.md).
import pg from 'pg';
import { median, openDatabase } from './database.mjs';

const rows = Number(process.env.ROWS ?? 2_000_000);
const steps = 8;
/** Each way of writing is tried for so long, by so many at once. */
const writing = { ms: 5_000, connections: 8 };
const account = '00000000-0000-7000-8000-000000000001';
const ruleSet = '00000000-0000-7000-8000-000000000002';

const trace = (number) =>
  `(SELECT jsonb_agg(jsonb_build_object('node', 'step' || s, 'port', CASE WHEN (${number} + s) % 3 = 0 THEN 'no' ELSE 'yes' END)) FROM generate_series(1, ${steps}) s)`;
const insertRuns = (series, at) => `
  INSERT INTO runs (id, account_id, rule_set_id, version, event_type, event_key, at, status, event, memory, trace)
  SELECT gen_random_uuid(), '${account}', '${ruleSet}', 1, 'message-received', gen_random_uuid()::text, ${at}, 'passed', '{"type":"message-received"}', '{"replies":[]}', ${trace('n')}
  FROM ${series} n`;
const oneRun = insertRuns('generate_series(1, 1)', 'now()');

/** What a message's transaction does besides, by the way of counting. */
const ways = {
  'no counting': oneRun,
  'an id in the queue (ours)': `WITH written AS (${oneRun} RETURNING id, account_id) INSERT INTO runs_to_count (run_id, account_id) SELECT id, account_id FROM written`,
  'counters in the transaction': `WITH written AS (${oneRun} RETURNING trace) INSERT INTO step_hours AS h (rule_set_id, hour, node, version, kind, name, account_id, times)
    SELECT '${ruleSet}', date_trunc('hour', now()), s ->> 'node', 1, 'left', s ->> 'port', '${account}', 1 FROM written, jsonb_array_elements(trace) s ORDER BY 3, 6
    ON CONFLICT (rule_set_id, hour, node, version, kind, name) DO UPDATE SET times = h.times + 1`,
};

const since = `date_trunc('day', now(), 'UTC') - interval '29 days'`;
const readings = {
  'of 30 days, from counters': `SELECT node, name, sum(times) FROM step_hours WHERE rule_set_id = '${ruleSet}' AND hour >= ${since} GROUP BY 1, 2`,
  'of 30 days, from the traces': `SELECT s ->> 'node', s ->> 'port', count(*) FROM runs, jsonb_array_elements(trace) s WHERE rule_set_id = '${ruleSet}' AND at >= ${since} GROUP BY 1, 2`,
  'the last messages of an exit': `SELECT r.id FROM step_latest l, unnest(l.runs) u (id) JOIN runs r ON r.id = u.id WHERE l.rule_set_id = '${ruleSet}' AND l.node = 'step3' AND l.port = 'no' ORDER BY r.id DESC LIMIT 5`,
};

export async function run() {
  const database = await openDatabase();
  const client = new pg.Client({ connectionString: database.url });
  try {
    await client.connect();
    await client.query(`INSERT INTO accounts (id, name) VALUES ('${account}', 'x')`);
    await client.query(`INSERT INTO rule_sets (id, account_id, name, priority, draft) VALUES ('${ruleSet}', '${account}', 'x', 1, '{}')`);
    for (const [name, sql] of Object.entries(ways)) console.log(`${name}: ${(await write(database, sql)).join(', ')}`);

    await client.query('TRUNCATE runs_to_count, step_hours, step_latest');
    await client.query('TRUNCATE runs CASCADE');
    // Spread over 30 days.
    for (let from = 0; from < rows; from += 100_000) {
      const to = Math.min(rows, from + 100_000) - 1;
      await client.query(insertRuns(`generate_series(${from}, ${to})`, `now() - interval '30 days' * n / ${rows}`));
    }
    await client.query(`INSERT INTO runs_to_count (run_id, account_id) SELECT id, account_id FROM runs`);
    await client.query('VACUUM ANALYZE runs; ');
    const started = performance.now();
    for (;;) if ((await client.query('SELECT count_steps(2000) AS runs')).rows[0].runs === 0) break;
    const seconds = (performance.now() - started) / 1000;
    console.log(`counting ${rows} runs: ${seconds.toFixed(0)} s, ${Math.round(rows / seconds)} a second`);
    await client.query('SELECT fold_step_hours()');
    await client.query('VACUUM ANALYZE step_hours');
    for (const [name, sql] of Object.entries(readings)) console.log(`${name}: ${(await read(client, sql)).toFixed(1)} ms`);
  } finally {
    await client.end();
    await database.close();
  }
}

/** Transactions a second, the 95th percentile of one in ms, and what one costs the database in microseconds of CPU. */
async function write(database, sql) {
  const clients = await Promise.all(
    Array.from({ length: writing.connections }, async () => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      return client;
    }),
  );
  const taken = [];
  const cpu = database.cpuSeconds();
  const until = performance.now() + writing.ms;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until) {
        const started = performance.now();
        await client.query('BEGIN');
        await client.query(sql);
        // The rest of what a message writes comes between the counter and the commit.
        await client.query('SELECT pg_sleep(0.004)');
        await client.query('COMMIT');
        taken.push(performance.now() - started);
      }
    }),
  );
  const used = database.cpuSeconds() - cpu;
  await Promise.all(clients.map((client) => client.end()));
  const p95 = taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.95)];
  return [
    `${Math.round((taken.length / writing.ms) * 1000)} a second`,
    `p95 ${p95.toFixed(1)} ms`,
    `${Math.round((used / taken.length) * 1e6)} µs of CPU each`,
  ];
}

async function read(client, sql) {
  const taken = [];
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    await client.query(sql);
    taken.push(performance.now() - started);
  }
  return median(taken);
}
