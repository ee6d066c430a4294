import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Release } from '../api/releases.js';
import type { Version } from '../api/rule-sets.js';
import type { Shadow, ShadowWithLedger } from '../api/shadows.js';
import { isInRelease } from '../server/messaging/is-in-release.js';
import { WatchReleases } from '../server/rule-sets/releases/watch-releases.js';
import { rowsOf } from './support/account-rows.js';
import { startApp, type TestApp } from './support/app.js';
import { graphOf, openCompany, saveDraft, type Company } from './support/company.js';
import { calling, dialogue, plain } from './support/trial-graphs.js';
import { newDatabase, type TestDatabase } from './support/database.js';
import { ForeignDesk } from './support/foreign-desk.js';
import { waitUntil } from './support/wait-until.js';

let database: TestDatabase;
let app: TestApp;
const desk = new ForeignDesk();
let deliverUrl: string;
const company = (published: object) => openCompany({ app, database, desk, deliverUrl }, published);

async function count(from: string, parameters: unknown[] = []): Promise<number> {
  const [row] = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${from}`, parameters);
  return row?.count ?? 0;
}

beforeAll(async () => {
  database = await newDatabase();
  app = await startApp({ database, listen: true });
  deliverUrl = await desk.listen();
});
afterAll(async () => {
  await app.close();
  await desk.close();
  await database.close();
});

const shadowsOf = async ({ owner, url }: Company) => (await owner.request<{ items: Shadow[] }>('GET', `${url}/shadows`)).body.items;
const startShadow = ({ owner, url }: Company, body: object = {}) =>
  owner.request<{ id: string; version: number }>('POST', `${url}/shadows`, body);

/** The ledger once so many lines are in it. */
async function ledger({ owner, url }: Company, id: string, lines: number): Promise<ShadowWithLedger> {
  const read = async () => (await owner.request<ShadowWithLedger>('GET', `${url}/shadows/${id}`)).body;
  await waitUntil(`${lines} lines are compared`, async () => (await read()).lines >= lines);
  return read();
}

describe('a shadow', () => {
  it('leaves every other row as it is without it, and nothing of it is delivered', async () => {
    const [without, beside] = [await company(dialogue('Как вас зовут?')), await company(dialogue('Как вас зовут?'))];
    await saveDraft(without, dialogue('А зовут вас как?', 'другой'));
    await saveDraft(beside, dialogue('А зовут вас как?', 'другой'));
    const started = await startShadow(beside);
    expect(started).toMatchObject({ status: 201, body: { version: 2 } });
    const at = Date.now();
    const chat: [string, string][] = [
      ['v1', 'Здравствуйте'],
      ['v2', 'Добрый день'],
      ['v1', 'Анна'],
      ['v2', 'Пётр'],
      ['v1', 'Ещё вопрос'],
    ];
    for (const [n, [conversation, text]] of chat.entries())
      for (const one of [without, beside]) await one.write(`${one.ruleSet}-${n}`, conversation, text, new Date(at - 60_000 + n * 1000));
    const { id } = started.body;
    const compared = await ledger(beside, id, 5);
    const isSent = async () => (await count(`outbox WHERE status NOT IN ('sent', 'failed')`)) === 0;
    await waitUntil('all is sent', isSent);
    await waitUntil('all runs are counted', async () => (await count('runs_to_count')) === 0);
    const [expected, actual] = [await rowsOf(database, without.owner.accountId), await rowsOf(database, beside.owner.accountId)];
    expect(Object.values(expected).flat().length).toBeGreaterThan(30);
    expect(actual).toEqual(expected);
    expect(desk.ledger.filter(({ text }) => text.startsWith('А зовут'))).toEqual([]);
    expect(desk.ledger.filter(({ text }) => text === 'Как вас зовут?')).toHaveLength(4);

    // Its own dialogue went on with its own waits.
    expect(compared).toMatchObject({
      status: 'active',
      version: 2,
      baseVersion: 1,
      events: 5,
      lines: 5,
      differ: 4,
      outcomes: 4,
      conversations: 2,
      effects: { same: 6, other: 4, live: 0, shadow: 0 },
      wouldCall: 0,
      blind: [],
    });
    expect(compared.groups.map(({ title, count: times, conversations, changes }) => [title.ru, times, conversations, changes])).toEqual([
      ['«Приветствие»: другое содержание', 2, 2, { '~send-message': 2 }],
      ['«Тег»: другое содержание', 2, 2, { '~add-tags': 2 }],
    ]);
    const of = await beside.owner.request<{ items: object[] }>(
      'GET',
      `${beside.url}/shadows/${id}/conversations?group=${compared.groups[0]?.key}`,
    );
    expect(of.body.items).toHaveLength(2);
    expect(of.body.items[0]).toMatchObject({
      channel: 'Сайт',
      contact: 'Анна',
      text: 'Здравствуйте',
      old: {
        status: 'passed',
        effects: [{ type: 'send-message', text: 'Как вас зовут?' }],
        steps: [{ node: 'in' }, { node: 'once' }, { node: 'hello', title: { ru: 'Приветствие' } }, { node: 'name', port: 'wait' }],
      },
      new: { effects: [{ text: 'А зовут вас как?' }] },
    });
  });

  it('calls no other program: it has the answer of the same call, and of another one it says that it would have made it', async () => {
    const asked: string[] = [];
    const stock = createServer(({ url }, response) => {
      asked.push(url ?? '');
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"left": 3}');
    });
    await new Promise<void>((done) => stock.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(stock.address() as AddressInfo).port}`;
    const one = await company(calling(`${url}/a`, 'Есть {{vars.ask.left}}'));
    await saveDraft(one, calling(`${url}/a`, 'На складе {{vars.ask.left}}', 'PT2S'));
    const same = (await startShadow(one)).body.id;
    await one.write(`${same}-1`, 'h1', 'Есть шкаф?');
    // The message, the answer, and the timer of each side, which is one line with two instants.
    const isMatched = async () => (await ledger(one, same, 3)).groups.some(({ title }) => title.ru === '«Пауза»: в другое время');
    await waitUntil('the timers of both have fired', isMatched);
    const compared = await ledger(one, same, 3);
    expect(compared).toMatchObject({ lines: 3, differ: 2, wouldCall: 0, effects: { same: 2, other: 1, live: 0, shadow: 0 } });
    expect(compared.groups.map(({ title }) => title.ru)).toContain('«Ответ»: другое содержание');
    await one.owner.request('POST', `${one.url}/shadows/${same}/stop`);
    await saveDraft(one, calling(`${url}/b`, 'Есть {{vars.ask.left}}'));
    const other = (await startShadow(one)).body.id;
    await one.write(`${other}-1`, 'h2', 'А стол?');
    await ledger(one, other, 2);
    expect(await ledger(one, other, 2)).toMatchObject({ wouldCall: 1, effects: { other: 1 } });
    stock.close();
    expect(asked).toEqual(['/a', '/a']);
  });

  it('is one at a time, and is stopped by a person, who is on record', async () => {
    const one = await company(plain('Да'));
    await saveDraft(one, plain('Нет'));
    const { id } = (await startShadow(one)).body;
    expect((await startShadow(one)).status).toBe(409);
    expect((await one.owner.request('POST', `${one.url}/releases`, { version: 9, share: 10 })).status).toBe(422);
    expect((await shadowsOf(one))[0]).toMatchObject({ status: 'active' });
    expect((await one.owner.request('POST', `${one.url}/shadows/${id}/stop`)).status).toBe(204);
    await one.write(`${id}-late`, 'v9', 'После остановки');
    const [stopped] = await shadowsOf(one);
    expect(stopped).toMatchObject({ id, status: 'stopped', endedBy: 'Проба owner', events: 0, endedAt: expect.any(String) });
    const lines = await database.query(
      `SELECT action, actor_name FROM audit_log WHERE account_id = $1 AND action LIKE 'rule-set.shadow%' ORDER BY at`,
      [one.owner.accountId],
    );
    expect(lines).toEqual([
      { action: 'rule-set.shadow-start', actor_name: 'Проба owner' },
      { action: 'rule-set.shadow-stop', actor_name: 'Проба owner' },
    ]);
    // The same draft is not frozen twice.
    expect((await startShadow(one)).body.version).toBe(2);
  });

  it('ends by itself after so many events or days, and when another version is published', async () => {
    const one = await company(plain('Да'));
    await saveDraft(one, plain('Нет'));
    const { id, version } = (await startShadow(one, { events: 10 })).body;
    for (let n = 0; n < 10; n++) await one.write(`${id}-${n}`, `w${n % 3}`, `Вопрос ${n}`);
    const ended = async (status: string) => (await shadowsOf(one))[0]?.status === status;
    await waitUntil('it is full', () => ended('full'));
    expect((await shadowsOf(one))[0]).toMatchObject({ events: 10, endedBy: null });
    const second = (await startShadow(one)).body.id;
    await database.query(`UPDATE rule_set_shadows SET ends_at = now() WHERE id = $1`, [second]);
    await waitUntil('its days are over', () => ended('expired'));
    expect((await startShadow(one, { version })).status).toBe(201);
    expect((await one.owner.request('POST', `${one.url}/publish`, {})).status).toBe(200);
    expect(await ended('replaced')).toBe(true);
    await waitUntil('nothing is left of those that are over', async () => (await count('shadow_events')) === 0);
  });

  it('whose version breaks has errors in its ledger, and its clients have their answers', async () => {
    const one = await company(plain('Ответ на месте'));
    const loop = graphOf(
      { in: ['on-message'], sum: ['if', { when: '$number(message.text) > 1' }, 'Сумма'], hello: ['reply', { text: 'x' }] },
      ['in.next > sum', 'sum.yes > hello'],
    );
    await saveDraft(one, loop);
    const { id } = (await startShadow(one)).body;
    await one.write(`${id}-1`, 'b1', 'не число');
    const { groups, effects } = await ledger(one, id, 1);
    expect(groups).toMatchObject([{ changes: { 'passed → error': 1, '-send-message': 1 } }]);
    expect(effects).toEqual({ same: 0, other: 0, live: 1, shadow: 0 });
    await waitUntil('the client has his answer', () => desk.ledger.some(({ text }) => text === 'Ответ на месте'));
    expect(await count(`runs WHERE account_id = $1 AND status = 'error'`, [one.owner.accountId])).toBe(0);
  });

  it('is refused where there is nothing to compare with', async () => {
    const one = await company(plain('Да'));
    expect((await startShadow(one, { version: 1 })).body).toMatchObject({ errors: [{ path: 'version' }] });
    expect((await startShadow(one, { version: 5 })).body).toMatchObject({ errors: [{ path: 'version' }] });
    expect((await startShadow(one, { days: 0 })).status).toBe(422);
    expect((await startShadow(one, { events: 1_000_000 })).status).toBe(422);
    const { id } = (await one.owner.request<{ id: string }>('POST', '/api/rule-sets', { name: 'Новый', graph: plain('x') })).body;
    expect((await one.owner.request('POST', `/api/rule-sets/${id}/shadows`, {})).status).toBe(409);
    const other = await company(plain('Чужое'));
    expect((await startShadow({ ...one, owner: other.owner })).status).toBe(404);
    expect((await other.owner.request('GET', `${one.url}/shadows`)).status).toBe(404);
  });
});

describe('a candidate', () => {
  it('is among the versions, cannot be brought back, and is published as a draft is', async () => {
    const one = await company(plain('Да'));
    await saveDraft(one, plain('Нет'));
    const { version } = (await startShadow(one)).body;
    const versions = async () => (await one.owner.request<{ items: Version[] }>('GET', `${one.url}/versions`)).body.items;
    expect(await versions()).toMatchObject([
      { version, isCandidate: true, live: false },
      { version: 1, isCandidate: false, live: true },
    ]);
    expect((await one.owner.request('POST', `${one.url}/rollback`, { version })).status).toBe(422);
    const policy = { withoutWarnings: false, withTests: true, coverage: 0 };
    expect((await one.owner.request('PUT', '/api/publish-policy', policy)).status).toBe(200);
    const publish = (body: object) => one.owner.request('POST', `${one.url}/versions/${version}/publish`, body);
    expect(await publish({})).toMatchObject({ status: 422, body: { problems: [{ code: 'policy-tests' }] } });
    expect((await one.owner.request('POST', `${one.url}/releases`, { version, share: 10 })).body).toMatchObject({
      problems: [{ code: 'policy-tests' }],
    });
    expect((await shadowsOf(one))[0]?.status).toBe('active');
    expect(await publish({ override: 'Проверено в тени' })).toMatchObject({ status: 200, body: { version } });
    expect(await versions()).toMatchObject([{ isCandidate: false, live: true }, { live: false }]);
    expect((await shadowsOf(one))[0]?.status).toBe('replaced');
    expect((await publish({})).status).toBe(409);
    const [override] = await database.query(
      `SELECT details->>'reason' AS reason FROM audit_log WHERE account_id = $1 AND action = 'rule-set.override'`,
      [one.owner.accountId],
    );
    expect(override).toEqual({ reason: 'Проверено в тени' });
    expect((await one.owner.request('POST', `${one.url}/rollback`, { version: 1 })).status).toBe(200);
  });
});

const releasesOf = async ({ owner, url }: Company) => (await owner.request<{ items: Release[] }>('GET', `${url}/releases`)).body.items;

describe('a gradual release', () => {
  it('gives the version to a share of the contacts, always the same ones, and more of them as it grows', async () => {
    const one = await company(plain('Старый'));
    await saveDraft(one, plain('Новый'));
    const begun = await one.owner.request<{ id: string; version: number }>('POST', `${one.url}/releases`, { share: 40 });
    expect(begun).toMatchObject({ status: 201, body: { version: 2 } });
    const ran = async () =>
      database.query<{ contact: string; version: number; text: string }>(
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
    expect((await one.owner.request('POST', `${one.url}/releases/${id}/return`)).status).toBe(409);
    await one.write('r3', 'r-last', 'И ещё');
    expect((await ran()).at(-1)).toMatchObject({ version: 2 });
    const [over] = await releasesOf(one);
    expect(over).toMatchObject({ status: 'finished', figures: { new: { contacts } }, endedAt: expect.any(String) });
    expect(over?.history.map(({ what }) => what)).toEqual(['started', 'share', 'finished']);
    expect((await one.owner.request('POST', `${one.url}/rollback`, { version: 1 })).status).toBe(200);
  });

  it('lets a conversation in the middle finish where it began, and is taken back in one step', async () => {
    const one = await company(dialogue('Старый: имя?', 'старый'));
    await one.write('m1', 'mid', 'Здравствуйте');
    await saveDraft(one, dialogue('Новый: имя?', 'новый'));
    const { id } = (await one.owner.request<{ id: string }>('POST', `${one.url}/releases`, { share: 100 })).body;
    await one.write('m2', 'mid', 'Анна');
    await one.write('m3', 'fresh', 'Здравствуйте');
    expect((await one.owner.request('POST', `${one.url}/releases/${id}/return`)).status).toBe(204);
    await one.write('m4', 'fresh', 'Пётр');
    await one.write('m5', 'later', 'Здравствуйте');
    const runs = await database.query(
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

  it('returns by itself when a limit is passed, and tells the owner with the figures', async () => {
    const one = await company(plain('Старый'));
    await saveDraft(one, plain('Новый'));
    const limits = { least: 10, above: { errors: 5 } };
    const { id } = (await one.owner.request<{ id: string }>('POST', `${one.url}/releases`, { share: 50, limits })).body;
    await one.write('l1', 'l', 'Здравствуйте');
    const add = (version: number, status: string, times: number) =>
      database.query(
        `INSERT INTO runs (id, account_id, rule_set_id, version, event_type, event_key, at, status, event, memory, trace)
         SELECT gen_random_uuid(), account_id, id, $2, 'message-received', gen_random_uuid()::text, now(), $3, '{}', '{}', '[]' FROM rule_sets, generate_series(1, $4) WHERE id = $1`,
        [one.ruleSet, version, status, times],
      );
    await add(1, 'passed', 20);
    await add(2, 'error', 8);
    const watch = app.app.get(WatchReleases);
    watch.look();
    await waitUntil('it was looked at', async () => (await count(`rule_set_releases WHERE id = $1 AND figures IS NOT NULL`, [id])) === 1);
    expect((await releasesOf(one))[0]?.status).toBe('active');
    await add(2, 'error', 2);
    watch.look();
    await waitUntil('it is taken back', async () => (await releasesOf(one))[0]?.status === 'stopped');
    const [release] = await releasesOf(one);
    expect(release?.reason).toMatchObject({ metric: 'errors', above: 5, old: { count: 0 }, new: { count: 10 } });
    expect(release?.history.at(-1)).toMatchObject({ what: 'stopped', by: null });
    const [notice] = await database.query<{ text: string }>(`SELECT text FROM notifications WHERE account_id = $1`, [one.owner.accountId]);
    expect(notice?.text).toMatch(
      /^«Приём»: версия 2 возвращена сама\. Прогоны с ошибкой: 10 из 1[01], у опубликованной версии 0 из 2[01]$/,
    );
    expect(
      await count(`audit_log WHERE account_id = $1 AND action = 'rule-set.release-stop' AND actor_kind = 'system'`, [one.owner.accountId]),
    ).toBe(1);
    await one.write('l2', 'l', 'Ещё раз');
    const [last] = await database.query(
      `SELECT version FROM runs WHERE rule_set_id = $1 AND conversation_id IS NOT NULL ORDER BY created_at DESC LIMIT 1`,
      [one.ruleSet],
    );
    expect(last).toEqual({ version: 1 });
  });

  it('counts what the data holds of both versions', async () => {
    const one = await company(plain('Старый'));
    await one.write('c0', 'c', 'Здравствуйте', new Date(Date.now() - 1000));
    await saveDraft(one, plain('Новый'));
    await one.owner.request('POST', `${one.url}/releases`, { share: 100, limits: { least: 1000, above: {} } });
    expect((await one.owner.request('POST', `${one.url}/releases`, { share: 0 })).status).toBe(422);
    await database.query(`UPDATE rule_set_releases SET started_at = now() - interval '1 day' WHERE rule_set_id = $1`, [one.ruleSet]);
    // Two hours ago: too late for an answer, so what rules say is held back; the account answers late messages here.
    await database.query(`UPDATE accounts SET answer_age_seconds = 86400 WHERE id = $1`, [one.owner.accountId]);
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    await one.write('c1', 'silent', 'Здравствуйте', ago(2));
    await one.write('c2', 'talks', 'Здравствуйте', ago(3));
    await one.write('c3', 'talks', 'И ещё', ago(2));
    await waitUntil('all is sent', async () => (await count(`outbox WHERE status NOT IN ('sent', 'failed')`)) === 0);
    const [talk] = await database.query<{ id: string; contact: string; channel: string }>(
      `SELECT id, contact_id AS contact, channel_id AS channel FROM conversations WHERE account_id = $1 ORDER BY number DESC LIMIT 1`,
      [one.owner.accountId],
    );
    await database.query(
      `INSERT INTO scores (id, account_id, conversation_id, contact_id, node, score, scale, bucket, at) VALUES (gen_random_uuid(), $1, $2, $3, 'ask', 2, '0-10', 'detractor', now())`,
      [one.owner.accountId, talk?.id, talk?.contact],
    );
    await database.query(
      `INSERT INTO messages (id, account_id, channel_id, conversation_id, contact_id, direction, origin, text, at) VALUES (gen_random_uuid(), $1, $2, $3, $4, 'out', 'operator', 'Я человек', now())`,
      [one.owner.accountId, talk?.channel, talk?.id, talk?.contact],
    );
    await database.query(
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
