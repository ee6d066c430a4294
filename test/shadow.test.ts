import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { RuleSet, Version } from '../api/rule-sets.js';
import { Metrics } from '../server/health/metrics.js';
import { rowsOf } from './support/account-rows.js';
import { graphOf, saveDraft, type Steps } from './support/company.js';
import { openTrialDesk, type TrialDesk } from './support/trial-desk.js';
import { calling, dialogue, dropping, failing, plain } from './support/trial-graphs.js';
import { ledger, shadowsOf, startShadow } from './support/trials.js';
import { waitUntil } from './support/wait-until.js';

let here: TrialDesk;

beforeAll(async () => {
  here = await openTrialDesk();
});
afterAll(() => here.close());

const metric = (name: string) => here.app.app.get(Metrics).registry.getSingleMetricAsString(name);

describe('a shadow', () => {
  it('leaves every other row as it is without it, and nothing of it is delivered', async () => {
    const [without, beside] = [await here.company(dialogue('Как вас зовут?')), await here.company(dialogue('Как вас зовут?'))];
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
    expect(await metric('razvilka_shadow_events_total')).toContain('{result="compared"} 5');
    expect(await metric('razvilka_shadow_wait_seconds')).toContain('razvilka_shadow_wait_seconds_count 5');
    const isSent = async () => (await here.count(`outbox WHERE status NOT IN ('sent', 'failed')`)) === 0;
    await waitUntil('all is sent', isSent);
    await waitUntil('all runs are counted', async () => (await here.count('runs_to_count')) === 0);
    const [expected, actual] = [await rowsOf(here.database, without.owner.accountId), await rowsOf(here.database, beside.owner.accountId)];
    expect(Object.values(expected).flat().length).toBeGreaterThan(30);
    expect(actual).toEqual(expected);
    expect(here.desk.ledger.filter(({ text }) => text.startsWith('А зовут'))).toEqual([]);
    expect(here.desk.ledger.filter(({ text }) => text === 'Как вас зовут?')).toHaveLength(4);

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
    const one = await here.company(calling(`${url}/a`, 'Есть {{vars.ask.left}}'));
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

  it('is not asked what the live version was not asked: what another rule set dropped before it', async () => {
    const one = await here.company(plain('Да'));
    const before = { name: 'Фильтр', priority: 0, graph: { ...dropping('реклам*'), name: 'Фильтр' } };
    const { id: filterId } = (await one.owner.request<{ id: string }>('POST', '/api/rule-sets', before)).body;
    expect(await one.owner.request('POST', `/api/rule-sets/${filterId}/publish`, {})).toMatchObject({ status: 200 });
    await saveDraft(one, plain('Нет'));
    const { id } = (await startShadow(one)).body;
    await one.write(`${id}-1`, 'f1', 'Купите рекламу');
    await one.write(`${id}-2`, 'f1', 'Когда вы открыты?');
    expect(await ledger(one, id, 1)).toMatchObject({ events: 1, lines: 1, outcomes: 1 });
  });

  it('is one at a time, and is stopped by a person, who is on record', async () => {
    const one = await here.company(plain('Да'));
    await saveDraft(one, plain('Нет'));
    const { id } = (await startShadow(one)).body;
    expect((await startShadow(one)).status).toBe(409);
    expect((await one.owner.request('POST', `${one.url}/releases`, { version: 9, share: 10 })).status).toBe(422);
    expect((await shadowsOf(one))[0]).toMatchObject({ status: 'active' });
    expect((await one.owner.request<RuleSet>('GET', one.url)).body.trial).toEqual({ kind: 'shadow', version: 2 });
    expect((await one.owner.request('POST', `${one.url}/shadows/${id}/stop`)).status).toBe(204);
    await one.write(`${id}-late`, 'v9', 'После остановки');
    const [stopped] = await shadowsOf(one);
    expect(stopped).toMatchObject({ id, status: 'stopped', endedBy: 'Проба owner', events: 0, endedAt: expect.any(String) });
    const lines = await here.database.query(
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
    const one = await here.company(plain('Да'));
    await saveDraft(one, plain('Нет'));
    const { id, version } = (await startShadow(one, { events: 10 })).body;
    for (let n = 0; n < 10; n++) await one.write(`${id}-${n}`, `w${n % 3}`, `Вопрос ${n}`);
    const ended = async (status: string) => (await shadowsOf(one))[0]?.status === status;
    await waitUntil('it is full', () => ended('full'));
    expect((await shadowsOf(one))[0]).toMatchObject({ events: 10, endedBy: null });
    const second = (await startShadow(one)).body.id;
    await here.database.query(`UPDATE rule_set_shadows SET ends_at = now() WHERE id = $1`, [second]);
    await waitUntil('its days are over', () => ended('expired'));
    expect((await startShadow(one, { version })).status).toBe(201);
    expect((await one.owner.request('POST', `${one.url}/publish`, {})).status).toBe(200);
    expect(await ended('replaced')).toBe(true);
    await waitUntil('nothing is left of those that are over', async () => (await here.count('shadow_events')) === 0);
  });

  it('waits for nothing when its rule set is switched off, as the live version', async () => {
    const one = await here.company(plain('Да'));
    await saveDraft(
      one,
      graphOf({ in: ['on-message'], later: ['wait', { for: 'PT1H' }], note: ['add-note', { text: 'Прошёл час' }] }, [
        'in.next > later',
        'later.next > note',
      ]),
    );
    const { id } = (await startShadow(one)).body;
    await one.write(`${id}-1`, 'off', 'Здравствуйте');
    await ledger(one, id, 1);
    const memories = () =>
      here.count(`shadow_memories WHERE shadow_id = $1 AND conversation_id IS NOT NULL AND next_due IS NOT NULL`, [id]);
    expect(await memories()).toBe(1);
    expect((await one.owner.request('PATCH', one.url, { enabled: false })).status).toBe(204);
    await here.database.query(
      `UPDATE shadow_memories SET next_due = now() - interval '1 minute', state = regexp_replace(state::text, '"due": \\d+', '"due": 1700000000000', 'g')::jsonb WHERE shadow_id = $1`,
      [id],
    );
    await waitUntil('nothing waits', async () => (await memories()) === 0);
    expect((await ledger(one, id, 1)).lines).toBe(1);
  });

  it('has schedules of its own, which tell nobody, beside those of the live version', async () => {
    const everySecond = { cron: '* * * * * *' };
    const bell = (text: string): Steps[string] => ['notify', { to: ['all'], text }, 'Звонок'];
    const one = await here.company(graphOf({ tick: ['on-schedule', everySecond], bell: bell('Пора') }, ['tick.next > bell']));
    const steps: Steps = {
      tick: ['on-schedule', everySecond],
      bell: bell('Давно пора'),
      more: ['on-schedule', everySecond],
      second: bell('И это'),
    };
    await saveDraft(one, graphOf(steps, ['tick.next > bell', 'more.next > second']));
    const told = async () =>
      (
        await here.database.query<{ text: string }>(`SELECT DISTINCT text FROM notifications WHERE account_id = $1`, [one.owner.accountId])
      ).map(({ text }) => text);
    await waitUntil('the live version ticks', async () => (await told()).length > 0);
    const { id } = (await startShadow(one)).body;
    await ledger(one, id, 3);
    expect((await one.owner.request('PATCH', one.url, { enabled: false })).status).toBe(204);
    const waiting = `shadow_memories WHERE shadow_id = $1 AND state->'schedules'->'next' IS NULL`;
    await waitUntil('it rests while the rules are switched off', async () => (await here.count(waiting, [id])) === 1);
    const { lines } = await ledger(one, id, 3);
    expect((await one.owner.request('PATCH', one.url, { enabled: true })).status).toBe(204);
    const compared = await ledger(one, id, lines + 3);
    expect((await one.owner.request('POST', `${one.url}/shadows/${id}/stop`)).status).toBe(204);
    expect((await one.owner.request('PATCH', one.url, { enabled: false })).status).toBe(204);
    expect(compared.groups.map(({ title, changes }) => [title.ru, Object.keys(changes)])).toEqual(
      expect.arrayContaining([
        ['«Звонок»: другое содержание', ['~notify']],
        [expect.stringContaining('в новой версии'), ['+notify']],
      ]),
    );
    expect(compared).toMatchObject({ effects: { same: 0, live: 0 }, conversations: 0, bySchedule: compared.lines, events: compared.lines });
    expect(compared.effects.other).toBeGreaterThan(1);
    const of = await one.owner.request<{ items: object[] }>(
      'GET',
      `${one.url}/shadows/${id}/conversations?group=${compared.groups[0]?.key}`,
    );
    expect(of.body.items).toMatchObject([{ conversationId: null, contact: null, event: 'schedule-ticked' }]);
    expect(await told()).toEqual(['Пора']);
  });

  it('hears of a stage and of an opening though nothing live starts on them', async () => {
    const live: Steps = { in: ['on-message'], hello: ['reply', { text: 'Да' }], move: ['set-stage', { stage: 'Переговоры' }] };
    const one = await here.company(graphOf(live, ['in.next > hello', 'hello.next > move']));
    const candidate: Steps = {
      ...live,
      moved: ['on-stage', {}],
      note: ['add-note', { text: 'Этап сменился' }],
      opened: ['on-conversation', { event: 'opened' }],
      tag: ['add-tags', { tags: 'новый' }],
    };
    await saveDraft(one, graphOf(candidate, ['in.next > hello', 'hello.next > move', 'moved.next > note', 'opened.next > tag']));
    const { id } = (await startShadow(one)).body;
    await one.write(`${id}-1`, 's1', 'Здравствуйте');
    const { groups } = await ledger(one, id, 3);
    expect(groups.flatMap(({ changes }) => Object.keys(changes)).toSorted()).toEqual(['+add-note', '+add-tags']);
    expect(await here.count(`runs WHERE account_id = $1`, [one.owner.accountId])).toBe(1);
  });

  it('whose version breaks has errors in its ledger, and its clients have their answers', async () => {
    const one = await here.company(plain('Ответ на месте'));
    await saveDraft(one, failing);
    const { id } = (await startShadow(one)).body;
    await one.write(`${id}-1`, 'b1', 'не число');
    const { groups, effects } = await ledger(one, id, 1);
    expect(groups).toMatchObject([{ changes: { 'passed → error': 1, '-send-message': 1 } }]);
    expect(effects).toEqual({ same: 0, other: 0, live: 1, shadow: 0 });
    await waitUntil('the client has his answer', () => here.desk.ledger.some(({ text }) => text === 'Ответ на месте'));
    expect(await here.count(`runs WHERE account_id = $1 AND status = 'error'`, [one.owner.accountId])).toBe(0);
  });

  it('asks again when the database gave up on a statement: that is no error of the version', async () => {
    const one = await here.company(plain('Да'));
    const other = { name: 'Другое', priority: 900, graph: { ...dropping('реклам*'), name: 'Другое' } };
    const { id: otherId } = (await one.owner.request<{ id: string }>('POST', '/api/rule-sets', other)).body;
    await saveDraft(one, plain('Нет'));
    const { id } = (await startShadow(one)).body;
    await one.write(`${id}-1`, 'x1', 'Здравствуйте');
    await ledger(one, id, 1);
    const [talk] = await here.database.query<{ id: string }>(`SELECT id FROM conversations WHERE account_id = $1`, [one.owner.accountId]);
    // Another live rule set: the shadow reads all graphs anew for its next event, which is held back until they cannot be read.
    expect(await one.owner.request('POST', `/api/rule-sets/${otherId}/publish`, {})).toMatchObject({ status: 200 });
    const holder = new Client({ connectionString: here.database.url });
    await holder.connect();
    const turn = `hashtextextended('${id} ${talk?.id}', 2)`;
    await holder.query(`SELECT pg_advisory_lock(${turn})`);
    await one.write(`${id}-2`, 'x1', 'Есть кто?');
    await holder.query('BEGIN; LOCK TABLE rule_set_versions IN ACCESS EXCLUSIVE MODE');
    await holder.query(`SELECT pg_advisory_unlock(${turn})`);
    const stuck = `pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%rule_set_versions%ANY%'`;
    await waitUntil('the graphs are read', async () => (await here.count(stuck)) > 0);
    await here.database.query(`SELECT pg_cancel_backend(pid) FROM ${stuck}`);
    await holder.query('COMMIT');
    await holder.end();
    expect(await ledger(one, id, 2)).toMatchObject({ lines: 2, groups: [{ count: 2, changes: { '~send-message': 2 } }] });
  });

  it('is refused where there is nothing to compare with', async () => {
    const one = await here.company(plain('Да'));
    expect((await startShadow(one, { version: 1 })).body).toMatchObject({ errors: [{ path: 'version' }] });
    expect((await startShadow(one, { version: 5 })).body).toMatchObject({ errors: [{ path: 'version' }] });
    expect((await startShadow(one, { days: 0 })).status).toBe(422);
    expect((await startShadow(one, { events: 1_000_000 })).status).toBe(422);
    const { id } = (await one.owner.request<{ id: string }>('POST', '/api/rule-sets', { name: 'Новый', graph: plain('x') })).body;
    expect((await one.owner.request('POST', `/api/rule-sets/${id}/shadows`, {})).status).toBe(409);
    const other = await here.company(plain('Чужое'));
    expect((await startShadow({ ...one, owner: other.owner })).status).toBe(404);
    expect((await other.owner.request('GET', `${one.url}/shadows`)).status).toBe(404);
    await saveDraft(one, plain('Нет'));
    const shadow = (await startShadow(one)).body.id;
    expect((await one.owner.request('GET', `${one.url}/shadows/${shadow}/conversations?group=%00`)).status).toBe(422);
  });
});

describe('a candidate', () => {
  it('is among the versions, cannot be brought back, and is published as a draft is', async () => {
    const one = await here.company(plain('Да'));
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
    const [override] = await here.database.query(
      `SELECT details->>'reason' AS reason FROM audit_log WHERE account_id = $1 AND action = 'rule-set.override'`,
      [one.owner.accountId],
    );
    expect(override).toEqual({ reason: 'Проверено в тени' });
    expect((await one.owner.request('POST', `${one.url}/rollback`, { version: 1 })).status).toBe(200);
  });
});
