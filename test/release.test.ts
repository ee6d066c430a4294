import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { RuleSet } from '../api/rule-sets.js';
import { Metrics } from '../server/health/metrics.js';
import { isInRelease } from '../server/messaging/is-in-release.js';
import { WatchReleases } from '../server/rule-sets/releases/watch-releases.js';
import { graphOf, saveDraft } from './support/company.js';
import { openTrialDesk, type TrialDesk } from './support/trial-desk.js';
import { dialogue, plain } from './support/trial-graphs.js';
import { releasesOf, startShadow } from './support/trials.js';
import { waitUntil } from './support/wait-until.js';

let here: TrialDesk;

beforeAll(async () => {
  here = await openTrialDesk();
});
afterAll(() => here.close());

describe('a gradual release', () => {
  it('gives the version to a share of the contacts, always the same ones, and more of them as it grows', async () => {
    const one = await here.company(plain('Старый'));
    await saveDraft(one, plain('Новый'));
    const begun = await one.owner.request<{ id: string; version: number }>('POST', `${one.url}/releases`, { share: 40 });
    expect(begun).toMatchObject({ status: 201, body: { version: 2 } });
    const inList = async () => (await one.owner.request<RuleSet>('GET', one.url)).body.trial;
    expect(await inList()).toEqual({ kind: 'release', version: 2, share: 40 });
    const ran = async () =>
      here.database.query<{ contact: string; version: number; text: string }>(
        `SELECT v.contact_id AS contact, r.version, e.body->>'text' AS text FROM runs r JOIN conversations v ON v.id = r.conversation_id
         JOIN effects e ON e.run_id = r.id WHERE r.rule_set_id = $1 ORDER BY r.created_at, r.id`,
        [one.ruleSet],
      );
    for (let n = 0; n < 8; n++) await one.write(`r1-${n}`, `r${n}`, 'Здравствуйте');
    const first = await ran();
    expect(first).toHaveLength(8);
    for (const { contact, version, text } of first) {
      const isNew = isInRelease(one.ruleSet, contact, 40);
      expect({ version, text }).toEqual(isNew ? { version: 2, text: 'Новый' } : { version: 1, text: 'Старый' });
    }
    expect(new Set(first.map(({ version }) => version))).toEqual(new Set([1, 2]));
    const { id } = begun.body;
    expect((await one.owner.request('POST', `${one.url}/releases/${id}/share`, { share: 80 })).status).toBe(204);
    for (let n = 0; n < 8; n++) await one.write(`r2-${n}`, `r${n}`, 'Ещё раз');
    const second = (await ran()).slice(8);
    for (const { contact, version } of second) expect(version).toBe(isInRelease(one.ruleSet, contact, 80) ? 2 : 1);
    const [release] = await releasesOf(one);
    const contacts = new Set(second.filter(({ version }) => version === 2).map(({ contact }) => contact)).size;
    expect(release).toMatchObject({
      status: 'active',
      share: 80,
      baseVersion: 1,
      figures: { new: { contacts, runs: [...first, ...second].filter(({ version }) => version === 2).length, errors: 0 } },
      history: [
        { what: 'started', share: 40, by: 'Проба owner' },
        { what: 'share', share: 80 },
      ],
    });
    expect((await one.owner.request('POST', `${one.url}/releases`, { share: 10 })).status).toBe(409);
    expect((await startShadow(one)).status).toBe(409);
    expect((await one.owner.request('POST', `${one.url}/releases/${id}/finish`)).status).toBe(204);
    expect(await inList()).toBe(null);
    expect((await one.owner.request('POST', `${one.url}/releases/${id}/return`)).status).toBe(409);
    await one.write('r3', 'r-last', 'И ещё');
    expect((await ran()).at(-1)).toMatchObject({ version: 2 });
    const [over] = await releasesOf(one);
    expect(over).toMatchObject({ status: 'finished', figures: { new: { contacts } }, endedAt: expect.any(String) });
    expect(over?.history.map(({ what }) => what)).toEqual(['started', 'share', 'finished']);
    expect((await one.owner.request('POST', `${one.url}/rollback`, { version: 1 })).status).toBe(200);
  });

  it('ends with its figures when another version is published, by whoever published that', async () => {
    const one = await here.company(plain('Старый'));
    await saveDraft(one, plain('Новый'));
    await one.owner.request('POST', `${one.url}/releases`, { share: 100 });
    await one.write('p1', 'p', 'Здравствуйте');
    expect((await one.owner.request('POST', `${one.url}/publish`, {})).status).toBe(200);
    expect((await releasesOf(one))[0]).toMatchObject({
      status: 'replaced',
      figures: { old: { runs: 0 }, new: { runs: 1, contacts: 1 } },
      history: [{ what: 'started' }, { what: 'replaced', by: 'Проба owner', share: 100 }],
      endedAt: expect.any(String),
    });
  });

  it('is what a request for a score goes by for its contacts; a step that is switched off asks nobody', async () => {
    const one = await here.company(plain('Старый'));
    await one.write('s1', 's', 'Здравствуйте');
    const [talk] = await here.database.query<{ id: string }>(`SELECT id FROM conversations WHERE account_id = $1`, [one.owner.accountId]);
    const ask = async () => (await one.owner.request('POST', `/api/conversations/${talk?.id}/request-score`)).body;
    expect(await ask()).toEqual({ asked: false });
    await saveDraft(one, scoring(false));
    const { id } = (await one.owner.request<{ id: string }>('POST', `${one.url}/releases`, { share: 100 })).body;
    expect(await ask()).toEqual({ asked: true });
    expect((await one.owner.request('POST', `${one.url}/releases/${id}/return`)).status).toBe(204);
    expect(await ask()).toEqual({ asked: false });
    await saveDraft(one, scoring(true));
    expect((await one.owner.request('POST', `${one.url}/publish`, {})).status).toBe(200);
    expect(await ask()).toEqual({ asked: false });
  });

  it('lets a conversation in the middle finish where it began, and is taken back in one step', async () => {
    const one = await here.company(dialogue('Старый: имя?', 'старый'));
    await one.write('m1', 'mid', 'Здравствуйте');
    await saveDraft(one, dialogue('Новый: имя?', 'новый'));
    const { id } = (await one.owner.request<{ id: string }>('POST', `${one.url}/releases`, { share: 100 })).body;
    await one.write('m2', 'mid', 'Анна');
    await one.write('m3', 'fresh', 'Здравствуйте');
    expect((await one.owner.request('POST', `${one.url}/releases/${id}/return`)).status).toBe(204);
    await one.write('m4', 'fresh', 'Пётр');
    await one.write('m5', 'later', 'Здравствуйте');
    const runs = await here.database.query(
      `SELECT r.version, c.name || ' ' || v.thread_key AS who, (SELECT e.body->'tags'->>0 FROM effects e WHERE e.run_id = r.id AND e.type = 'add-tags') AS tag
       FROM runs r JOIN conversations v ON v.id = r.conversation_id JOIN contacts c ON c.id = v.contact_id WHERE r.rule_set_id = $1 ORDER BY r.created_at, r.id`,
      [one.ruleSet],
    );
    expect(runs.map(({ version, tag }) => [version, tag])).toEqual([
      [1, null],
      [1, 'старый'],
      [2, null],
      [2, 'новый'],
      [1, null],
    ]);
    expect((await releasesOf(one))[0]).toMatchObject({
      status: 'returned',
      history: [{ what: 'started' }, { what: 'returned', share: 100 }],
    });
  });

  it('is taken back at once though its figures cannot be counted just now', async () => {
    const one = await here.company(plain('Старый'));
    await saveDraft(one, plain('Новый'));
    const { id } = (await one.owner.request<{ id: string }>('POST', `${one.url}/releases`, { share: 100 })).body;
    const busy = new Client({ connectionString: here.database.url });
    await busy.connect();
    try {
      await busy.query('BEGIN');
      await busy.query('LOCK TABLE scores IN ACCESS EXCLUSIVE MODE');
      expect((await one.owner.request('POST', `${one.url}/releases/${id}/return`)).status).toBe(204);
    } finally {
      await busy.end();
    }
    expect((await releasesOf(one))[0]).toMatchObject({ status: 'returned', history: [{ what: 'started' }, { what: 'returned' }] });
  });

  it('returns by itself when a limit is passed, and tells the owner with the figures', async () => {
    const one = await here.company(plain('Старый'));
    await saveDraft(one, plain('Новый'));
    const limits = { least: 10, above: { errors: 5 } };
    const { id } = (await one.owner.request<{ id: string }>('POST', `${one.url}/releases`, { share: 50, limits })).body;
    await one.write('l1', 'l', 'Здравствуйте');
    const add = (version: number, status: string, times: number) =>
      here.database.query(
        `INSERT INTO runs (id, account_id, rule_set_id, version, event_type, event_key, at, status, event, memory, trace)
         SELECT gen_random_uuid(), account_id, id, $2, 'message-received', gen_random_uuid()::text, now(), $3, '{}', '{}', '[]' FROM rule_sets, generate_series(1, $4) WHERE id = $1`,
        [one.ruleSet, version, status, times],
      );
    await add(1, 'passed', 20);
    await add(2, 'error', 8);
    const watch = here.app.app.get(WatchReleases);
    watch.look();
    await waitUntil(
      'it was looked at',
      async () => (await here.count(`rule_set_releases WHERE id = $1 AND figures IS NOT NULL`, [id])) === 1,
    );
    expect((await releasesOf(one))[0]?.status).toBe('active');
    await add(2, 'error', 2);
    watch.look();
    await waitUntil('it is taken back', async () => (await releasesOf(one))[0]?.status === 'stopped');
    await waitUntil('it is counted', async () =>
      (await here.app.app.get(Metrics).registry.getSingleMetricAsString('razvilka_releases_stopped_total')).includes('{metric="errors"} 1'),
    );
    const [release] = await releasesOf(one);
    expect(release?.reason).toMatchObject({ metric: 'errors', above: 5, old: { count: 0 }, new: { count: 10 } });
    expect(release?.history.at(-1)).toMatchObject({ what: 'stopped', by: null });
    const [notice] = await here.database.query<{ text: string }>(`SELECT text FROM notifications WHERE account_id = $1`, [
      one.owner.accountId,
    ]);
    expect(notice?.text).toMatch(
      /^«Приём»: версия 2 возвращена сама\. Прогоны с ошибкой: 10 из 1[01], у опубликованной версии 0 из 2[01]$/,
    );
    expect(
      await here.count(`audit_log WHERE account_id = $1 AND action = 'rule-set.release-stop' AND actor_kind = 'system'`, [
        one.owner.accountId,
      ]),
    ).toBe(1);
    await one.write('l2', 'l', 'Ещё раз');
    const [last] = await here.database.query(
      `SELECT version FROM runs WHERE rule_set_id = $1 AND conversation_id IS NOT NULL ORDER BY created_at DESC LIMIT 1`,
      [one.ruleSet],
    );
    expect(last).toEqual({ version: 1 });
  });

  it('counts what the data holds of both versions', async () => {
    const one = await here.company(plain('Старый'));
    await one.write('c0', 'c', 'Здравствуйте', new Date(Date.now() - 1000));
    await saveDraft(one, plain('Новый'));
    await one.owner.request('POST', `${one.url}/releases`, { share: 100, limits: { least: 1000, above: {} } });
    expect((await one.owner.request('POST', `${one.url}/releases`, { share: 0 })).status).toBe(422);
    await here.database.query(`UPDATE rule_set_releases SET started_at = now() - interval '1 day' WHERE rule_set_id = $1`, [one.ruleSet]);
    // Two hours ago: too late for an answer, so what rules say is held back; the account answers late messages here.
    await here.database.query(`UPDATE accounts SET answer_age_seconds = 86400 WHERE id = $1`, [one.owner.accountId]);
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    await one.write('c1', 'silent', 'Здравствуйте', ago(2));
    await one.write('c2', 'talks', 'Здравствуйте', ago(3));
    await one.write('c3', 'talks', 'И ещё', ago(2));
    await waitUntil('all is sent', async () => (await here.count(`outbox WHERE status NOT IN ('sent', 'failed')`)) === 0);
    const [talk] = await here.database.query<{ id: string; contact: string; channel: string }>(
      `SELECT id, contact_id AS contact, channel_id AS channel FROM conversations WHERE account_id = $1 ORDER BY number DESC LIMIT 1`,
      [one.owner.accountId],
    );
    await here.database.query(
      `INSERT INTO scores (id, account_id, conversation_id, contact_id, node, score, scale, bucket, at) VALUES (gen_random_uuid(), $1, $2, $3, 'ask', 2, '0-10', 'detractor', now())`,
      [one.owner.accountId, talk?.id, talk?.contact],
    );
    await here.database.query(
      `INSERT INTO messages (id, account_id, channel_id, conversation_id, contact_id, direction, origin, text, at) VALUES (gen_random_uuid(), $1, $2, $3, $4, 'out', 'operator', 'Я человек', now())`,
      [one.owner.accountId, talk?.channel, talk?.id, talk?.contact],
    );
    await here.database.query(
      `UPDATE outbox SET status = 'failed' WHERE conversation_id = $1 AND seq = (SELECT min(seq) FROM outbox WHERE conversation_id = $1)`,
      [talk?.id],
    );
    expect((await releasesOf(one))[0]?.figures).toEqual({
      old: {
        contacts: 1,
        runs: 1,
        errors: 0,
        replies: 1,
        failures: 0,
        scores: 0,
        badScores: 0,
        answered: 0,
        silent: 0,
        conversations: 1,
        handed: 0,
      },
      new: {
        contacts: 2,
        runs: 3,
        errors: 0,
        replies: 3,
        failures: 1,
        scores: 1,
        badScores: 1,
        answered: 2,
        silent: 1,
        conversations: 2,
        handed: 1,
      },
    });
  });
});

/** Asks for a score when somebody wants one. */
function scoring(disabled: boolean): object {
  const graph = graphOf({ in: ['on-message'], asked: ['on-score-requested'], ask: ['ask-score', { question: 'Оцените от 0 до 10' }] }, [
    'asked.next > ask',
  ]);
  return { ...graph, nodes: graph.nodes.map((node) => (node.id === 'asked' ? { ...node, disabled } : node)) };
}

it('an instant of a schedule that falls due while a version is published runs once, in the new version', async () => {
  const ticking = (cron: string) => ({
    ...graphOf({ tick: ['on-schedule', { cron }], bell: ['notify', { to: ['all'], text: 'Пора' }] }, ['tick.next > bell']),
    timezone: 'UTC',
  });
  const one = await here.company(ticking('0 0 9 1 1 *'));
  await waitUntil('the schedule is known', async () => (await here.count(`rule_schedules WHERE rule_set_id = $1`, [one.ruleSet])) === 1);
  const at = new Date(Math.floor(Date.now() / 1000) * 1000 - 5_000);
  const busy = new Client({ connectionString: here.database.url });
  await busy.connect();
  try {
    // Nobody gets to the account's schedules before the version is published; of the old one this instant is due then.
    await busy.query('BEGIN');
    await busy.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [one.owner.accountId]);
    const cron = `${at.getUTCSeconds()} ${at.getUTCMinutes()} ${at.getUTCHours()} ${at.getUTCDate()} ${at.getUTCMonth() + 1} *`;
    await saveDraft(one, ticking(cron));
    await busy.query('UPDATE rule_schedules SET next_at = $2 WHERE rule_set_id = $1', [one.ruleSet, at]);
    expect((await one.owner.request('POST', `${one.url}/publish`, {})).status).toBe(200);
    await busy.query('COMMIT');
  } finally {
    await busy.end();
  }
  const runs = () => here.database.query(`SELECT version, at FROM runs WHERE rule_set_id = $1`, [one.ruleSet]);
  await waitUntil('it has run', async () => (await runs()).length > 0, 15_000);
  expect(await runs()).toEqual([{ version: 2, at }]);
});
