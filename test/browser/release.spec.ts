import { addRuleSet, expect, selectStep, test, writeAsVisitor, type Call, type TestGraph } from './desk.js';

const answering = (text: string): TestGraph => ({
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'hello', type: 'reply', title: 'Приветствие', settings: { text }, position: [300, 0] },
  ],
  edges: [{ from: 'in.next', to: 'hello' }],
});

async function saveDraft(call: Call, id: string, name: string, graph: TestGraph): Promise<void> {
  const { revision } = await call<{ revision: number }>('GET', `/api/rule-sets/${id}/draft`);
  await call('PUT', `/api/rule-sets/${id}/draft`, { graph: { format: 1, name, ...graph }, revision });
}

const shots = process.env['SHOTS'];

/** What was published here answers nobody in the other specs. */
test.afterEach(async ({ call }) => {
  const { items } = await call<{ items: { id: string; name: string }[] }>('GET', '/api/rule-sets');
  for (const { id, name } of items) if (name.startsWith('Проба ')) await call('PATCH', `/api/rule-sets/${id}`, { enabled: false });
  await call('PUT', '/api/publish-policy', { withoutWarnings: false, withTests: false, coverage: 0 });
});

test('a draft runs in the shadow: what it would have done is beside what was done, and it is published from there', async ({
  page,
  call,
}) => {
  const name = 'Проба в тени';
  const id = await addRuleSet(call, name, answering('Здравствуйте'), true);
  await saveDraft(call, id, name, answering('Добрый день'));
  await page.goto(`/rules/${id}`);
  await page.getByRole('button', { name: 'Ещё' }).click();
  await page.getByRole('menuitem', { name: 'Опробовать на живых сообщениях' }).click();
  await expect(page.getByRole('heading', { name: 'Опробовать на живых сообщениях' })).toBeVisible();
  await page.getByRole('button', { name: 'Начать в тени' }).press('Enter');
  const shadow = page.getByRole('region', { name: 'Версия 2 в тени' });
  await expect(shadow.getByText('идёт')).toBeVisible();
  await expect(shadow.getByText('Сравнивать пока нечего')).toBeVisible();

  await writeAsVisitor(call, 'Тамара Теневая', 'Когда вы откроетесь?');
  await expect(shadow.getByRole('heading', { name: 'Итог был бы другим в 1 беседе' })).toBeVisible({ timeout: 20_000 });
  await expect(shadow.getByText('с другим содержанием')).toBeVisible();
  await shadow.getByRole('button', { name: /«Приветствие»: другое содержание/ }).click();
  await shadow.getByRole('button', { name: /Когда вы откроетесь/ }).press('Enter');
  const ways = shadow.getByRole('table', { name: 'Обе версии рядом' });
  await expect(ways.getByRole('columnheader')).toHaveText(['Версия 1', 'Версия 2']);
  await expect(ways.getByText('Ответ: Здравствуйте')).toBeVisible();
  await expect(ways.getByText('Ответ: Добрый день')).toBeVisible();
  if (shots) {
    await page.screenshot({ path: `${shots}/shadow-ru.png`, fullPage: true });
    await call('PATCH', '/api/profile', { language: 'en' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.getByRole('button', { name: /another content/ }).click();
    await page.getByRole('button', { name: /Когда вы откроетесь/ }).click();
    await page.screenshot({ path: `${shots}/shadow-en-390.png`, fullPage: true });
    await page.setViewportSize({ width: 1440, height: 900 });
    await call('PATCH', '/api/profile', { language: 'ru' });
    await page.reload();
  }

  // The lists of rules and of versions know of it.
  await page.goto('/rules');
  await expect(page.getByRole('row').filter({ hasText: name }).getByRole('link', { name: 'Версия 2 в тени' })).toBeVisible();
  if (shots) {
    await page.screenshot({ path: `${shots}/list-ru.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${shots}/list-ru-390.png` });
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  await page.goto(`/rules/${id}?version=1`);
  await page.getByRole('button', { name: 'Версии' }).click();
  const versions = page.getByRole('dialog');
  await expect(versions.getByText('не публиковалась')).toBeVisible();
  if (shots) await page.screenshot({ path: `${shots}/versions-ru.png` });
  await versions.getByRole('link', { name: 'в тени' }).click();

  // From there it may go to a share of the clients; here it is published at once.
  await shadow.getByRole('link', { name: 'Выпустить для части клиентов' }).click();
  await expect(page.getByText('Выпуск закончит пробу в тени')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Что опробовать' })).toHaveValue('Версия 2, не публиковалась');

  await call('PUT', '/api/publish-policy', { withoutWarnings: false, withTests: true, coverage: 0 });
  await shadow.getByRole('button', { name: 'Опубликовать эту версию' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Опубликовать' }).click();
  await expect(dialog.getByText('здесь нет ни одной')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Опубликовать' })).toBeDisabled();
  if (shots) await page.screenshot({ path: `${shots}/publish-refused-ru.png` });
  await dialog.getByRole('textbox').fill('Проверено в тени');
  await dialog.getByRole('button', { name: 'Опубликовать' }).click();
  await expect(dialog).toBeHidden();
  await expect(shadow.getByText('опубликована другая версия')).toBeVisible();
  await expect(page.getByText('рядом с версией 2, которая работает сейчас')).toBeVisible();
});

test('a version goes to a share of the clients, to more of them, and is taken back', async ({ page, call }) => {
  const name = 'Проба выпуска';
  const id = await addRuleSet(call, name, answering('Здравствуйте'), true);
  await saveDraft(call, id, name, answering('Добрый день'));
  await page.goto(`/rules/${id}/trial`);
  await page.getByText('Для части клиентов', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Доля клиентов' }).fill('30');
  await page.getByRole('checkbox', { name: 'Клиент молчит час после ответа' }).check();
  if (shots) await page.screenshot({ path: `${shots}/release-start-ru.png`, fullPage: true });
  await page.getByRole('button', { name: 'Начать выпуск' }).click();
  const release = page.getByRole('region', { name: 'Версия 2 для части клиентов' });
  await expect(release.getByText('у 30 % клиентов')).toBeVisible();
  await release.getByRole('button', { name: '100 %' }).click();
  await expect(release.getByText('у 100 % клиентов')).toBeVisible();
  await writeAsVisitor(call, 'Вера Выпускная', 'Есть ли доставка?');
  const runs = release.getByRole('row', { name: /^Прогоны \d/ });
  await expect(runs.getByRole('cell')).toHaveText(['0', '1', ''], { timeout: 20_000 });
  await expect(release.getByRole('row', { name: /^Прогоны с ошибкой/ }).getByRole('cell')).toHaveText([
    '– 0 из 0',
    '0 % 0 из 1',
    '+5 п. п.',
  ]);
  if (shots) {
    await page.screenshot({ path: `${shots}/release-ru.png`, fullPage: true });
    await call('PATCH', '/api/profile', { language: 'en' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await expect(page.getByText('100 % of clients', { exact: true })).toBeVisible();
    await page.screenshot({ path: `${shots}/release-en-390.png`, fullPage: true });
    await page.setViewportSize({ width: 1440, height: 900 });
    await call('PATCH', '/api/profile', { language: 'ru' });
    await page.reload();
  }
  await release.getByRole('button', { name: 'Вернуть всех' }).press('Enter');
  await expect(release.getByText('возвращена', { exact: true })).toBeVisible();
  await expect(release.getByText('Все возвращены на прежнюю версию')).toBeVisible();

  await page.getByText('Для части клиентов', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Что опробовать' }).click();
  await page.getByRole('option', { name: 'Версия 2, не публиковалась' }).click();
  await page.getByRole('button', { name: 'Начать выпуск' }).click();
  await expect(release.getByText('у 10 % клиентов')).toBeVisible();
  await release.getByRole('button', { name: 'Опубликовать для всех' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Опубликовать' }).click();
  await expect(release.getByText('опубликована для всех', { exact: true })).toBeVisible();
  await expect(page.getByText('рядом с версией 2, которая работает сейчас')).toBeVisible();

  // The same versions are chosen from on the canvas, without the page being loaded again.
  await page.getByRole('link', { name: 'К правилам' }).click();
  await selectStep(page, page.locator('.react-flow__node[data-id="hello"]'));
  await page.getByRole('radiogroup', { name: 'Что показать о шаге' }).getByText('Показатели').click();
  await page.getByRole('combobox', { name: 'Какой версии' }).click();
  await expect(page.getByRole('option')).toHaveText(['Все версии', 'Версия 2, действует', 'Версия 1']);
});
