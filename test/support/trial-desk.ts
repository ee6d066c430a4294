import { startApp, type TestApp } from './app.js';
import { openCompany, type Company } from './company.js';
import { newDatabase, type TestDatabase } from './database.js';
import { ForeignDesk } from './foreign-desk.js';

/** A server with a database and a foreign desk of its own, where companies try versions on live traffic. */
export interface TrialDesk {
  app: TestApp;
  database: TestDatabase;
  desk: ForeignDesk;
  /** Opens a company in which the graph is published. */
  company(published: object): Promise<Company>;
  /** How many rows there are of what stands after FROM. */
  count(from: string, parameters?: unknown[]): Promise<number>;
  close(): Promise<void>;
}

/** Starts one. Whoever asks for it closes it. */
export async function openTrialDesk(): Promise<TrialDesk> {
  const database = await newDatabase();
  const app = await startApp({ database, listen: true });
  const desk = new ForeignDesk();
  const deliverUrl = await desk.listen();
  return {
    app,
    database,
    desk,
    company: (published) => openCompany({ app, database, desk, deliverUrl }, published),
    count: async (from, parameters = []) => {
      const [row] = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${from}`, parameters);
      return row?.count ?? 0;
    },
    close: async () => {
      await app.close();
      await desk.close();
      await database.close();
    },
  };
}
