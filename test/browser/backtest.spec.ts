import { addRuleSet, expect, test, writeAsVisitor, type TestGraph } from './desk.js';

/** Answers everything but what holds one of the words. */
const answering = (words: string): TestGraph => ({
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'spam', type: 'word-filter', title: 'Не для нас', settings: { mode: 'except', patterns: words }, position: [300, 0] },
    { id: 'hello', type: 'reply', settings: { text: 'Здравствуйте, %NAME%' }, position: [600, 0] },
  ],
  edges: [
    { from: 'in.next', to: 'spam' },
    { from: 'spam.pass', to: 'hello' },
  ],
});

/** What was published here answers nobody in the other specs. */
test.afterEach(async ({ call }) => {
  const { items } = await call<{ items: { id: string; name: string }[] }>('GET', '/api/rule-sets');
  for (const { id, name } of items) if (name === 'Сравнение') await call('PATCH', `/api/rule-sets/${id}`, { enabled: false });
});

test('a draft is compared with what is live on past messages: what changes, for whom, and both ways side by side', async ({
  page,
  call,
}) => {
  const name = 'Сравнение';
  const id = await addRuleSet(call, name, answering('казино'), true);
  await writeAsVisitor(call, 'Глеб Сравнимый', 'Когда вы откроетесь в субботу?');
  await writeAsVisitor(call, 'Вера Сравнимая', 'Есть ли скидки постоянным?');
  const { revision } = await call<{ revision: number }>('GET', `/api/rule-sets/${id}/draft`);
  await call('PUT', `/api/rule-sets/${id}/draft`, { graph: { format: 1, name, ...answering('казино скидк*') }, revision });

  await page.goto(`/rules/${id}`);
  await page.getByRole('button', { name: 'Ещё' }).click();
  await page.getByRole('menuitem', { name: 'Сравнить на прошлых сообщениях' }).click();
  await expect(page.getByRole('heading', { name: 'Сравнение на прошлых сообщениях' })).toBeVisible();
  await page.getByRole('button', { name: 'Сегодня' }).click();
  await page.getByRole('button', { name: 'Сравнить', exact: true }).press('Enter');

  const outcome = page.getByRole('region', { name: 'Итог сравнения' });
  await expect(outcome.getByRole('heading', { name: /Итог изменится в 1 беседе/ })).toBeVisible({ timeout: 60_000 });
  const reason = outcome.getByRole('button', { name: /«Не для нас»: прошло → отброшено/ });
  await expect(reason).toContainText('исчезает: ответ клиенту (1)');
  const conversation = outcome.getByRole('button', { name: /Есть ли скидки постоянным/ });
  await expect(conversation).toContainText('Вера Сравнимая');
  await conversation.press('Enter');
  const ways = outcome.getByRole('table', { name: 'Обе версии рядом' });
  await expect(ways.getByRole('columnheader')).toHaveText(['Сейчас', 'Черновик']);
  await expect(ways.getByText('Не для нас → прошло')).toBeVisible();
  await expect(ways.getByText('Не для нас → отброшено')).toBeVisible();
  await expect(ways.getByText('Ответ: Здравствуйте, Вера Сравнимая')).toBeVisible();
  const steps = await ways.getByRole('row').count();
  await outcome.getByRole('button', { name: /шаг(а|ов)? до этого одинаков/ }).press('Enter');
  expect(await ways.getByRole('row').count()).toBeGreaterThan(steps);
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/backtest-ru.png`, fullPage: true });

  // Whoever is about to publish is told.
  await page.goto(`/rules/${id}`);
  await page.getByRole('button', { name: 'Опубликовать' }).click();
  await expect(page.getByRole('dialog').getByText('Итог изменится в 1 беседе')).toBeVisible();
  await page.getByRole('dialog').getByRole('link', { name: 'Посмотреть' }).click();
  await expect(outcome.getByRole('heading', { name: /Итог изменится в 1 беседе/ })).toBeVisible();

  // As it is live, nothing changes; the earlier one stays to be looked at.
  await call('POST', `/api/rule-sets/${id}/publish`, {});
  await page.reload();
  await page.getByRole('button', { name: 'Сравнить', exact: true }).click();
  await expect(outcome.getByText('Ничего не изменится')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('combobox', { name: 'Сравнения' }).click();
  await page.getByRole('option').nth(1).click();
  await expect(outcome.getByRole('heading', { name: /Итог изменится в 1 беседе/ })).toBeVisible();
  if (process.env['SHOTS']) {
    await call('PATCH', '/api/profile', { language: 'en' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await page.getByRole('button', { name: /Есть ли скидки/ }).click();
    await page.screenshot({ path: `${process.env['SHOTS']}/backtest-en-390.png`, fullPage: true });
    await call('PATCH', '/api/profile', { language: 'ru' });
  }
});

test('days without messages are refused at their place', async ({ page, call }) => {
  const id = await addRuleSet(call, 'Сравнение без сообщений', answering('казино'));
  await page.goto(`/rules/${id}/backtest`);
  await page.getByLabel('С', { exact: true }).fill('2020-01-01');
  await page.getByLabel('По', { exact: true }).fill('2020-01-02');
  await page.getByRole('button', { name: 'Сравнить', exact: true }).click();
  await expect(page.getByText('За эти дни сообщений нет')).toBeVisible();
  await expect(page.getByText('черновик рядом с тем, что работает сейчас без него')).toBeVisible();
});

test('the part of an expression that is refused is underlined, and told with its place', async ({ page, call }) => {
  const id = await addRuleSet(call, 'Выражение с ошибкой', {
    nodes: [
      { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
      { id: 'ask', type: 'if', title: 'Сумма', settings: { when: 'vars.n > 1' }, position: [320, 0] },
    ],
    edges: [{ from: 'in.next', to: 'ask' }],
  });
  await page.goto(`/rules/${id}`);
  await page.locator('.react-flow__node').filter({ hasText: 'Сумма' }).click();
  const field = page.getByRole('textbox', { name: 'Условие', exact: true });
  await expect(field).toHaveValue('vars.n > 1');
  await field.fill('vars.n > 1 and $eval("1")');
  await expect(page.locator('mark')).toHaveText(['$eval(']);
  await expect(field).toHaveAccessibleDescription(/Знак 21, «\$eval\(»: Функция \$eval здесь не принимается/);
  await field.fill('vars.n > 1');
  await expect(page.locator('mark')).toHaveCount(0);
});
