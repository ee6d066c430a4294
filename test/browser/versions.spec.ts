import type { Browser, Page } from '@playwright/test';
import { addRuleSet, callOf, expect, owner, signIn, test, writeAsVisitor, type Call, type TestGraph } from './desk.js';

const base: TestGraph = {
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'night', type: 'time-window', title: 'Ночь?', settings: { from: '22:00', to: '08:00' }, position: [320, 0] },
    { id: 'hello', type: 'reply', title: 'Ответ ночью', settings: { text: 'Ответим утром.' }, position: [640, 0] },
    { id: 'note', type: 'add-note', title: 'Заметка', settings: { text: 'Писали ночью' }, position: [960, 0] },
  ],
  edges: [
    { from: 'in.next', to: 'night' },
    { from: 'night.inside', to: 'hello' },
    { from: 'hello.next', to: 'note' },
  ],
};

/** The base with another text, a step less and one more. */
const changed: TestGraph = {
  nodes: [
    ...base.nodes.slice(0, 2).map((node) => (node.id === 'night' ? { ...node, settings: { from: '21:00', to: '08:00' } } : node)),
    { ...base.nodes[2]!, position: [640, -120] },
    { id: 'day', type: 'reply', title: 'Ответ днём', settings: { text: 'Отвечаем.' }, position: [640, 240] },
  ],
  edges: [...base.edges.slice(0, 2), { from: 'night.outside', to: 'day' }],
};

async function saveDraft(call: Call, id: string, name: string, graph: TestGraph): Promise<void> {
  const { revision } = await call<{ revision: number }>('GET', `/api/rule-sets/${id}/draft`);
  await call('PUT', `/api/rule-sets/${id}/draft`, { graph: { format: 1, name, ...graph }, revision });
}

const card = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);

test('a draft is compared with a version on the canvas, change by change', async ({ page, call }) => {
  const id = await addRuleSet(call, 'Сравнение версий', base, true);
  await saveDraft(call, id, 'Сравнение версий', changed);
  await page.goto(`/rules/${id}`);
  await page.getByRole('button', { name: 'Ещё', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Версии' }).click();
  await expect(page.getByText('Работает сейчас')).toBeVisible();
  await page.getByRole('link', { name: 'Сравнить с версией 1' }).click();

  await expect(card(page, 'day')).toContainText('новый');
  await expect(card(page, 'note')).toContainText('убран');
  await expect(card(page, 'night')).toContainText('изменён');
  await expect(card(page, 'hello')).toContainText('изменён');
  const list = page.getByRole('list', { name: 'Изменения' });
  await expect(list.getByRole('button')).toHaveCount(4);
  await expect(list).toContainText('22:00');
  await expect(list).toContainText('21:00');

  // The bracket lies elsewhere on a Russian keyboard; the key is known by its place.
  await page.keyboard.press('BracketRight');
  await expect(page.getByText('1 из 4')).toBeVisible();
  await expect(list.getByRole('button').first()).toHaveAttribute('aria-current', 'true');
  await page.getByRole('button', { name: 'Следующее изменение' }).click();
  await expect(page.getByText('2 из 4')).toBeVisible();

  await page.getByRole('button', { name: 'Поменять местами' }).click();
  await expect(card(page, 'day')).toContainText('убран');
  expect(page.url()).toContain('compare=draft..1');
});

test('a version is saved as the file whose hash it bears', async ({ page, call }) => {
  const id = await addRuleSet(call, 'Файлом', base, true);
  await page.goto(`/rules/${id}`);
  await page.getByRole('button', { name: 'Ещё', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Версии' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Файл' }).click();
  const file = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of file) chunks.push(Buffer.from(chunk as Uint8Array));
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.concat(chunks))).toString('hex');
  const { items } = await call<{ items: { hash: string }[] }>('GET', `/api/rule-sets/${id}/versions`);
  expect(hash).toBe(items[0]?.hash);
  expect(Buffer.concat(chunks).toString()).toContain('\n    {"id": "in", ');
});

/** A colleague with a page of his own. */
async function colleague(browser: Browser, call: Call) {
  const person = { name: 'Борис Орлов', email: `boris-${Date.now()}@example.test`, password: 'скрепка лошадь батарея' };
  const { link } = await call<{ link: string }>('POST', '/api/invitations', { email: person.email, role: 'admin' });
  const context = await browser.newContext();
  const token = new URL(link).searchParams.get('token');
  await callOf(context.request)('POST', '/api/invitation', { token, name: person.name, password: person.password, language: 'ru' });
  await signIn(context, person);
  return { context, page: await context.newPage() };
}

async function retitle(page: Page, id: string, title: string): Promise<void> {
  await card(page, id).click();
  const field = page.getByLabel('Название шага');
  await field.fill(title);
  await field.blur();
}

async function setText(page: Page, id: string, text: string): Promise<void> {
  await card(page, id).click();
  await page.getByRole('textbox', { name: 'Текст', exact: true }).fill(text);
}

test('two people see each other and edit one draft: what does not touch is joined, the rest is asked', async ({ page, call, browser }) => {
  const id = await addRuleSet(call, 'Двое', base);
  const boris = await colleague(browser, call);
  await page.goto(`/rules/${id}`);
  await boris.page.goto(`${process.env.BASE_URL}/rules/${id}`);
  await expect(page.getByRole('status', { name: 'Здесь же: Борис Орлов' })).toBeVisible();
  await expect(boris.page.getByRole('status', { name: `Здесь же: ${owner.name}` })).toBeVisible();

  // Different steps: each page has both, without a question.
  await retitle(boris.page, 'night', 'Поздно?');
  await expect(card(page, 'night')).toContainText('Поздно?');
  await expect(page.getByText('Борис Орлов тоже меняет этот черновик')).toBeVisible();
  await retitle(page, 'note', 'Запись');
  await expect(card(boris.page, 'note')).toContainText('Запись');
  // Undo takes back one's own, and leaves the other's.
  await page.getByRole('button', { name: 'Отменить' }).click();
  await expect(card(page, 'note')).toContainText('Заметка');
  await expect(card(page, 'night')).toContainText('Поздно?');
  await expect(card(boris.page, 'note')).toContainText('Заметка');

  // The same setting, at the same time: the second is asked, and nothing is lost meanwhile.
  await page.route('**/draft', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
  await setText(page, 'hello', 'Ответим в девять.');
  await expect(page.getByText('Нет связи, сохраним позже')).toBeVisible();
  await setText(boris.page, 'hello', 'Ответим в десять.');
  await retitle(boris.page, 'in', 'Любое сообщение');
  await expect
    .poll(async () => JSON.stringify(await call('GET', `/api/rule-sets/${id}/draft`)))
    .toMatch(/Любое сообщение.*Ответим в десять|Ответим в десять.*Любое сообщение/);
  await page.unroute('**/draft');
  await expect(page.getByText('Борис Орлов меняет те же места черновика')).toBeVisible();
  await page.getByRole('button', { name: 'Выбрать по местам' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('Было: Ответим утром.');
  await expect(drawer.getByRole('button', { name: 'Соединить' })).toBeDisabled();
  await drawer.getByRole('radio', { name: /Ответим в девять/ }).click();
  await drawer.getByRole('button', { name: 'Соединить' }).click();
  await expect(page.getByText('Сохранено', { exact: true })).toBeVisible();
  await expect(card(page, 'in')).toContainText('Любое сообщение');
  await expect(card(boris.page, 'hello')).toContainText('Ответим в девять.');

  await boris.context.close();
  await expect(page.getByRole('status', { name: 'Здесь же: Борис Орлов' })).toBeHidden({ timeout: 5_000 });
});

test('the company’s conditions are set by the owner, and published against with a reason', async ({ page, call }) => {
  await call('PUT', '/api/publish-policy', { withoutWarnings: false, withTests: false, coverage: 0 });
  const id = await addRuleSet(call, 'С условиями', base);
  await page.goto('/settings/publishing');
  await page.getByRole('switch', { name: 'Хотя бы с одной проверкой' }).click();
  await page.getByRole('button', { name: 'Сохранить' }).click();
  await expect(page.getByText('Сохранено')).toBeVisible();

  await page.goto(`/rules/${id}`);
  await page.getByRole('button', { name: 'Опубликовать', exact: true }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('здесь нет ни одной');
  const publish = drawer.getByRole('button', { name: 'Опубликовать', exact: true });
  await expect(publish).toBeDisabled();
  await drawer.getByLabel('Почему публикуем всё равно').fill('Клиенты ждут');
  await publish.click();
  await expect(page.getByText('Опубликована версия 1')).toBeVisible();
  const { items } = await call<{ items: { action: string; details: { reason?: string } }[] }>('GET', '/api/audit');
  expect(items.find(({ action }) => action === 'rule-set.override')?.details.reason).toBe('Клиенты ждут');
  await page.goto('/settings/audit');
  const line = page.getByRole('row').filter({ hasText: 'публикация вопреки условиям' }).filter({ hasText: 'С условиями' });
  await expect(line).toContainText('Причина: Клиенты ждут');
  await call('PUT', '/api/publish-policy', { withoutWarnings: false, withTests: false, coverage: 0 });
});

test('who waits in a step that changes is named before publishing, and is handed to people when that is chosen', async ({ page, call }) => {
  const asking: TestGraph = {
    nodes: [
      { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
      { id: 'wait', type: 'wait-reply', title: 'Ждать размер', settings: { variable: 'size' }, position: [320, 0] },
    ],
    edges: [{ from: 'in.next', to: 'wait' }],
  };
  const id = await addRuleSet(call, 'С ожиданием', asking, true);
  await writeAsVisitor(call, 'Зинаида', 'Есть ботинки?');
  await expect
    .poll(async () => (await call<{ conversations: number }>('GET', `/api/rule-sets/${id}/waiting`)).conversations)
    .toBeGreaterThan(0);
  await saveDraft(call, id, 'С ожиданием', { nodes: asking.nodes.slice(0, 1), edges: [] });
  await page.goto(`/rules/${id}`);
  await page.getByRole('button', { name: 'Опубликовать', exact: true }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('шаг убран');
  await drawer.getByRole('button', { name: /1 беседа, версия 1/ }).click();
  await expect(drawer.getByRole('link', { name: 'Зинаида' })).toBeVisible();
  await drawer.getByRole('combobox', { name: 'Что с ожидающими в шаге «Ждать размер»' }).click();
  await page.getByRole('option', { name: 'Передать людям, ожидание снять' }).click();
  await drawer.getByRole('button', { name: 'Опубликовать', exact: true }).click();
  await expect(page.getByText('Опубликована версия 2')).toBeVisible();
  expect(await call('GET', `/api/rule-sets/${id}/waiting`)).toMatchObject({ conversations: 0 });
  const { items } = await call<{ items: { id: string }[] }>('GET', `/api/contacts?q=${encodeURIComponent('Зинаида')}`);
  await page.goto(`/contacts/${items[0]?.id}`);
  await expect(page.getByText('больше не ждут в шаге «Ждать размер»')).toBeVisible();
  await call('PATCH', `/api/rule-sets/${id}`, { enabled: false });
});
