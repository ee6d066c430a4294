import type { TestApp, TestCaller } from './app.js';
import type { TestDatabase } from './database.js';
import type { ForeignDesk } from './foreign-desk.js';
import { waitUntil } from './wait-until.js';

/** A company with a rule set that is live and a site whose clients write. */
export interface Company {
  owner: TestCaller;
  /** The rule set's id, and where it is asked. */
  ruleSet: string;
  url: string;
  /** A client's message; ends when it is worked off. */
  write(id: string, conversation: string, text: string, at?: Date): Promise<void>;
}

/** Makes an account of its own with a webhook channel and publishes the graph; `OWNER` in it is the owner's id. */
export async function openCompany(
  { app, database, desk, deliverUrl }: { app: TestApp; database: TestDatabase; desk: ForeignDesk; deliverUrl: string },
  published: object,
): Promise<Company> {
  const owner = await app.signIn('owner', await app.newAccount());
  const settings = { secret: desk.secret, deliverUrl };
  const channel = await owner.request<{ hookUrl: string }>('POST', '/api/channels', { kind: 'webhook', name: 'Сайт', settings });
  const hook = `${app.url}${new URL(channel.body.hookUrl, app.url).pathname}`;
  const { id } = (await owner.request<{ id: string }>('POST', '/api/rule-sets', { name: 'Приём', graph: named(owner, published) })).body;
  await expectOk(owner.request('POST', `/api/rule-sets/${id}/publish`, {}));
  return {
    owner,
    ruleSet: id,
    url: `/api/rule-sets/${id}`,
    write: async (message, conversation, text, at) => {
      const status = await desk.write(hook, message, conversation, text, at);
      if (status !== 202) throw new Error(`the channel answered ${status}`);
      const isTaken = async () => (await database.query(`SELECT 1 FROM webhook_requests WHERE status = 'pending'`)).length === 0;
      await waitUntil('it is taken', isTaken);
    },
  };
}

/** Saves a draft over the one that is there. */
export async function saveDraft({ owner, url }: Company, draft: object): Promise<void> {
  const { revision } = (await owner.request<{ revision: number }>('GET', `${url}/draft`)).body;
  await expectOk(owner.request('PUT', `${url}/draft`, { graph: named(owner, draft), revision }));
}

/** Steps by id. */
export type Steps = Record<string, [type: string, settings?: Record<string, unknown>, title?: string]>;

/** A graph of steps `{ id: [type, settings, title] }` and wires `node.port > node`. */
export function graphOf(steps: Steps, wires: string[]) {
  return {
    format: 1,
    name: 'Приём',
    nodes: Object.entries(steps).map(([id, [type, settings = {}, title]]) => ({ id, type, settings, ...(title && { title }) })),
    edges: wires.map((wire) => {
      const [from, to] = wire.split(' > ');
      return { from, to };
    }),
  };
}

function named(owner: TestCaller, draft: object): unknown {
  return JSON.parse(JSON.stringify(draft).replaceAll('OWNER', owner.id));
}

async function expectOk(answer: Promise<{ status: number; text: string }>): Promise<void> {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(`${status}: ${text}`);
}
