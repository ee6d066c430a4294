import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { deskGraph } from './support/desk-graph.js';
import { startApp, type TestApp } from './support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ env: { ROLE: 'web' } });
});
afterAll(() => app.close());

it('a rule set that is renamed has a draft of the new name, at the same revision', async () => {
  const owner = await app.signIn('owner');
  const made = await owner.request<{ id: string }>('POST', '/api/rule-sets', { name: 'Приём', graph: deskGraph });
  const draft = () =>
    owner.request<{ graph: { name: string; nodes: unknown[] }; revision: number }>('GET', `/api/rule-sets/${made.body.id}/draft`);
  const before = (await draft()).body;
  expect((await owner.request('PATCH', `/api/rule-sets/${made.body.id}`, { priority: 5 })).status).toBe(204);
  expect((await draft()).body.graph.name).toBe('Приём');
  expect((await owner.request('PATCH', `/api/rule-sets/${made.body.id}`, { name: 'Первая линия' })).status).toBe(204);
  expect((await draft()).body).toMatchObject({ graph: { name: 'Первая линия', nodes: before.graph.nodes }, revision: before.revision });
});
