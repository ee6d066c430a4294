import { AccountScope } from '../../server/db/account-scope.js';
import { rowOf } from '../../server/sql/rows.js';
import { sql, Walk } from '../../server/sql/walk.js';
import { startApp, type TestApp } from '../support/app.js';
import { Desk } from './desk.js';

let app: TestApp;
let accountId: string;
/** Oldest first. */
const made: string[] = [];

beforeAll(async () => {
  app = await startApp();
  accountId = await app.newAccount();
  const desk = new Desk(app.database, accountId);
  for (let contact = 0; contact < 20; contact++) {
    made.push(
      await desk.contact({ name: contact % 7 === 0 ? 'редкий' : 'частый', created_at: new Date(Date.UTC(2026, 0, 1, 0, contact)) }),
    );
  }
});
afterAll(() => app.close());

const walk = (longest: number) => new Walk('contacts', 'created_at', longest);
const page = (one: Walk, limit: number, cursor?: string) => app.app.get(AccountScope).run(accountId, (db) => one.page(db, limit, cursor));

it('goes on from where it stopped looking, so that a rare row is found without reading everything at once', async () => {
  const pages: string[][] = [];
  let cursor: string | null | undefined;
  do {
    const { ids, nextCursor } = await page(walk(5).look(sql`t.name = ${'редкий'}`), 3, cursor ?? undefined);
    pages.push(ids);
    cursor = nextCursor;
  } while (cursor !== null);
  // The rows 0, 7 and 14 of 20, five looked at a time; the fourth look ends exactly at the table's end, which only an empty fifth can tell.
  expect(pages).toEqual([[], [made[14]], [made[7]], [made[0]], []]);
});

it('fills a page before it has looked at everything it may', async () => {
  const { ids, nextCursor } = await page(walk(15).look(sql`t.name = ${'редкий'}`), 1);
  expect(ids).toEqual([made[14]]);
  expect((await page(walk(15).look(sql`t.name = ${'редкий'}`), 1, nextCursor ?? undefined)).ids).toEqual([made[7]]);
});

it('numbers the parameters of both kinds of conditions', async () => {
  const both = walk(20)
    .look(sql`t.name = ${'редкий'}`)
    .narrow(sql`t.created_at >= ${new Date(Date.UTC(2026, 0, 1, 0, 1))}`);
  expect((await page(both.look(sql`t.id <> ${made[14]}`), 5)).ids).toEqual([made[7]]);
});

it('counts what one look finds, and tells when the table goes on', async () => {
  const counted = (longest: number) =>
    app.app.get(AccountScope).run(accountId, async (db) => {
      const { table, where, values, isWhole } = await walk(longest)
        .look(sql`t.name = ${'редкий'}`)
        .lookOnce(db);
      const found = await rowOf<{ n: number }>(db, `SELECT count(*)::int AS n FROM ${table} ${where}`, values);
      return { found: found?.n, isWhole };
    });
  expect(await counted(5)).toEqual({ found: 0, isWhole: false });
  expect(await counted(6)).toEqual({ found: 1, isWhole: false });
  expect(await counted(21)).toEqual({ found: 3, isWhole: true });
});

it('sees nothing of another account', async () => {
  const stranger = await app.newAccount();
  expect((await app.app.get(AccountScope).run(stranger, (db) => walk(5).page(db, 5, undefined))).ids).toEqual([]);
});
