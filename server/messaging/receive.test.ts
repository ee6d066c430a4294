import { describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Unavailable } from '../problem/problems.js';
import { InboxWorker } from './inbox-worker.js';
import { Receive } from './receive.js';

const channel = { id: 'канал', accountId: 'компания' };
const megabyte = Buffer.alloc(1024 * 1024);

/** A database that answers nothing until it is told to. */
function silentDatabase() {
  const asked: { rows: number; answer: () => void; fail: () => void }[] = [];
  const query = (_sql: string, [, ids]: [string, string[]]) =>
    new Promise((done, fail) =>
      asked.push({
        rows: ids.length,
        answer: () => done(ids.map((id) => ({ request_id: id, is_new: true, same_body: true }))),
        fail: () => fail(new Error('away')),
      }),
    );
  const source = new DataSource({ type: 'postgres' });
  Object.assign(source, { query });
  return { asked, source };
}

function open() {
  const { asked, source } = silentDatabase();
  const worker: InboxWorker = Object.create(InboxWorker.prototype, { wake: { value: () => undefined } });
  return { asked, receive: new Receive(source, worker) };
}

describe('requests that wait for the database', () => {
  it('are refused at once beyond 64 MB of an account, and taken again when those are stored or failed', async () => {
    const { asked, receive } = open();
    const waiting = Array.from({ length: 64 }, () => receive.store(channel, megabyte));
    await expect(receive.store(channel, megabyte)).rejects.toThrow(Unavailable);
    // Another account has its own.
    const other = receive.store({ ...channel, accountId: 'другая' }, megabyte);
    for (let answered = 0; answered < 64 + 1;) {
      for (const { rows, answer } of asked.splice(0)) {
        answered += rows;
        answer();
      }
      await new Promise(setImmediate);
    }
    expect((await Promise.all([...waiting, other])).every(({ duplicate }) => !duplicate)).toBe(true);
    const next = receive.store(channel, megabyte);
    asked[0]?.fail();
    await expect(next).rejects.toThrow('away');
    const last = receive.store(channel, megabyte);
    asked.at(-1)?.answer();
    await expect(last).resolves.toMatchObject({ duplicate: false });
  });
});
