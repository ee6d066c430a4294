import { randomUUID } from 'node:crypto';
import { type APIRequestContext, type BrowserContext, expect, type Locator, type Page, test as base } from '@playwright/test';
import { startServer } from './start-server.js';
import { watch } from './watch.js';

/** The owner of the account that the specs of one worker share. */
export const owner = { name: 'Анна Петрова', email: 'owner@example.test', password: 'лошадь батарея скрепка' };

export const company = 'Ромашка';

/** The set-up link that the server printed at its start. */
export function setUpLink(): string {
  const link = process.env.SETUP_LINK;
  if (!link) throw new Error('SETUP_LINK is missing: test/browser/start-server.ts sets it');
  return link;
}

/** One call of the API; throws with the answer when it is no success. */
export type Call = <T = unknown>(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, data?: unknown) => Promise<T>;

interface Fixtures {
  /** The pages' owner is signed in: `page` opens any page, `call` asks the API as the owner. */
  call: Call;
  /** What no page may do, checked after each test. */
  calm: void;
}

interface WorkerFixtures {
  /** A server on an empty database of its own: specs of two workers never meet. */
  server: void;
}

/** Tests of pages: each has a browser context of its own, on the server of its worker (start-server.ts). */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from the pattern
    async ({}, provide) => {
      const stop = await startServer();
      await provide();
      await stop();
    },
    { scope: 'worker', auto: true, timeout: 60_000 },
  ],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from the pattern
  baseURL: async ({}, provide) => provide(process.env.BASE_URL),
  calm: [
    async ({ context }, provide) => {
      const seen = await watch(context);
      await provide();
      expect(seen()).toEqual([]);
    },
    { auto: true },
  ],
  call: async ({ context }, provide) => {
    await signIn(context);
    await provide(callOf(context.request));
  },
});

export { expect };

/** Calls of whoever is signed in in a context. */
export function callOf(request: APIRequestContext): Call {
  return async <T>(method: string, path: string, data?: unknown) => {
    const answer = await request.fetch(path, { method, headers: headers(), ...(data !== undefined && { data }) });
    const text = await answer.text();
    if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
}

/** Signs a person in, the owner unless another is named. A spec that runs alone finds no owner yet and makes the desk as the set-up page would. */
export async function signIn({ request }: BrowserContext, { email, password } = owner): Promise<void> {
  const call = callOf(request);
  const { isSetUp } = await call<{ isSetUp: boolean }>('GET', '/api/setup');
  if (!isSetUp) {
    const token = new URL(setUpLink()).searchParams.get('token');
    await call('POST', '/api/setup', { ...owner, accountName: company, token, language: 'ru', exampleDesk: true });
  }
  await call('POST', '/api/session', { email, password });
}

/** Makes a rule set from a graph, publishes it when asked, and gives its id. */
export async function addRuleSet(call: Call, name: string, graph: Partial<TestGraph> = {}, isPublished = false): Promise<string> {
  const full = { format: 1, name, nodes: [], edges: [], ...graph };
  const { id } = await call<{ id: string }>('POST', '/api/rule-sets', { name, graph: full });
  if (isPublished) await call('POST', `/api/rule-sets/${id}/publish`, {});
  return id;
}

export interface TestGraph {
  nodes: { id: string; type: string; title?: string; settings: Record<string, unknown>; position?: [number, number] }[];
  edges: { from: string; to: string }[];
}

/** Selects a step by its card. An open panel takes room from the canvas, so all of the graph is brought into sight first. */
export async function selectStep(page: Page, card: Locator): Promise<void> {
  await page.getByRole('button', { name: 'Показать всё' }).click();
  await card.click();
  await expect(card).toHaveClass(/selected/);
}

/** The address of the example desk's web chat. */
export async function chatUrl(call: Call): Promise<string> {
  const { items } = await call<{ items: { kind: string; pageUrl: string | null }[] }>('GET', '/api/channels');
  const url = items.find(({ kind }) => kind === 'webchat')?.pageUrl;
  if (!url) throw new Error('the example desk has no web chat');
  return url;
}

/** Writes into the chat of a page as its visitor. */
export async function writeInChat(chat: Page, text: string): Promise<void> {
  const field = chat.getByRole('textbox', { name: 'Сообщение' });
  await field.fill(text);
  await field.press('Enter');
}

/** A visitor of that name, who writes through the web chat's own API. */
export async function newVisitor(call: Call, name: string): Promise<(text: string) => Promise<void>> {
  const path = new URL(await chatUrl(call)).pathname;
  const { token } = await call<{ token: string }>('POST', `${path}/api/visitor`);
  return async (text) => {
    const answer = await fetch(`${process.env.BASE_URL}${path}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ text, name, clientId: randomUUID() }),
    });
    expect(answer.status).toBe(202);
  };
}

/** One message of a visitor of that name; ends when the contact is there. */
export async function writeAsVisitor(call: Call, name: string, text: string): Promise<void> {
  const write = await newVisitor(call, name);
  await write(text);
  await expect
    .poll(async () => (await call<{ items: unknown[] }>('GET', `/api/contacts?q=${encodeURIComponent(name)}`)).items.length)
    .toBe(1);
}

function headers(): Record<string, string> {
  return { origin: process.env.BASE_URL ?? '', 'x-requested-with': 'razvilka' };
}
