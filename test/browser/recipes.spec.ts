import type { Page } from '@playwright/test';
import { addRuleSet, type Call, expect, test, writeAsVisitor } from './desk.js';

test('a recipe becomes published rules by keyboard alone', async ({ page, call }) => {
  await page.goto('/rules');
  await tabTo(page, 'Создать правила');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('searchbox', { name: 'Что случилось или что нужно сделать' })).toBeFocused();
  await page.keyboard.type('ночной автоответчик');
  await expect(choices(page)).toHaveCount(1);
  await page.keyboard.press('Enter');

  await expect(page.getByRole('textbox', { name: 'Название', exact: true })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type(', клавиатурой');
  await tabTo(page, 'Текст ответа');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Ответим в 9:00, %NAME%');
  const will = page.getByRole('region', { name: 'Что будет происходить' });
  await expect(will).toContainText('Если сейчас 22:00–08:00');
  await expect(will).toContainText('Ответим в 9:00, %NAME%');
  await tabTo(page, 'Создать правила');
  await page.keyboard.press('Enter');

  await expect(cards(page)).toHaveCount(3);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { graph } = await call<{ graph: { name: string; tests: unknown[] } }>('GET', `/api/rule-sets/${id}/draft`);
  expect(graph).toMatchObject({ name: 'Ночной автоответчик, клавиатурой', timezone: 'Europe/Moscow' });
  expect(graph).not.toHaveProperty('parameters');
  expect(graph.tests).toHaveLength(3);

  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await tabTo(page, 'Опубликовать');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Опубликована версия 1')).toBeVisible();
  await call('PATCH', `/api/rule-sets/${id}`, { enabled: false });
});

test('a recipe goes into an open graph as one step back, and says what it lacks', async ({ page, call }) => {
  await page.goto(`/rules/${await addRuleSet(call, 'Рецепты на холсте')}`);
  await page.getByRole('button', { name: 'Все рецепты…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Вставить рецепт' });
  await dialog.getByRole('button', { name: 'Клиент попадает не к своему менеджеру' }).click();
  await dialog.getByRole('button', { name: 'Очередь: по кругу' }).click();
  // The recipe's own people are no people of this account: they are asked for.
  await dialog.getByRole('button', { name: 'Вставить', exact: true }).click();
  const people = dialog.getByRole('combobox', { name: 'Сотрудники' });
  await expect(people).toBeFocused();
  await expect(dialog.getByText('Сотрудник не выбран')).toBeVisible();
  await page.keyboard.type('Ольга');
  await page.getByRole('option', { name: 'Ольга Смирнова' }).click();
  await expect(dialog.getByText('Сотрудник не выбран')).toBeHidden();
  await expect(dialog.getByRole('region')).toContainText('Ольга Смирнова');
  await dialog.getByRole('heading', { name: 'Очередь: по кругу' }).click();
  await dialog.getByRole('button', { name: 'Вставить', exact: true }).click();
  await expect(cards(page)).toHaveCount(4);

  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Что сделать или куда перейти' }).fill('вставить рецепт');
  await page.keyboard.press('Enter');
  await dialog.getByRole('searchbox').fill('закрывать молчащие');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Вставить', exact: true }).click();
  await expect(cards(page)).toHaveCount(8);
  await page.locator('[data-canvas]').focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(cards(page)).toHaveCount(4);
});

test('a channel tells which recipes work on it, and opens the form of one that it lacks', async ({ page, call }) => {
  void call;
  await page.goto('/channels');
  await page.getByRole('article', { name: 'Чат на сайте' }).getByRole('link', { name: 'Рецепты и правила' }).click();
  const desk = page.getByRole('article', { name: 'Приём обращений' });
  await expect(desk).toContainText(/Ночной автоответчик: Если сейчас 21:00–09:00, Москва; .*ответим утром/);
  await desk.getByRole('link', { name: '«Ночной автоответчик» на холсте правил «Приём обращений»' }).click();
  await expect(page.locator('.react-flow__node.selected')).toContainText('Мы на связи с 9:00');

  await page.goBack();
  const lacking = page.getByRole('region', { name: 'Чего здесь нет' });
  await expect(lacking).not.toContainText('никто не отвечает');
  await lacking.getByRole('link', { name: 'Смайлики не выгружать' }).click();
  await expect(page.getByRole('form', { name: 'Смайлики не выгружать' })).toContainText('Чат на сайте');
});

test('words are tried on the last messages while they are typed', async ({ page, call }) => {
  await writeAsVisitor(call, 'Зоя', 'Почём у вас трюмо из дуба?');
  const nodes = [
    { id: 'in', type: 'on-message', settings: {}, position: at(0) },
    { id: 'words', type: 'word-match', settings: { patterns: 'трюмо*' }, position: at(320) },
  ];
  const id = await addRuleSet(call, 'Слова на сообщениях', { nodes, edges: [{ from: 'in.next', to: 'words' }] });
  await page.goto(`/rules/${id}?at=words`);
  const seen = page.getByRole('region', { name: 'На ваших сообщениях' });
  await expect(seen.getByRole('status')).toContainText(/^Слова есть в 1 из \d+ последних сообщений$/);
  await expect(seen.getByRole('listitem').filter({ hasText: 'Почём у вас трюмо из дуба?' }).locator('mark')).toHaveText('трюмо');
  await page.getByRole('textbox', { name: 'Слова', exact: true }).fill('кушетк* дуба');
  await expect(seen.locator('mark')).toHaveText('дуба');
  await page.getByRole('textbox', { name: 'Слова', exact: true }).fill('кушетк*');
  await expect(seen.getByRole('status')).toContainText('этих слов нет');
});

test('rows of a spreadsheet go into a route table, and what is unknown waits for a choice', async ({ page, call }) => {
  const nodes = [
    { id: 'in', type: 'on-message', settings: {}, position: at(0) },
    { id: 'route', type: 'route', settings: { rows: [{ when: { kind: 'telegram' }, tags: 'первая' }] }, position: at(320) },
  ];
  const id = await addRuleSet(call, 'Таблица', { nodes, edges: [{ from: 'in.next', to: 'route' }] });
  await page.goto(`/rules/${id}?at=route`);
  await page.getByRole('button', { name: 'Вставить из таблицы' }).click();
  const dialog = page.getByRole('dialog', { name: 'Строки из таблицы' });
  const rows = ['Этап\tКанал\tОтветственный\tЗаметка', 'Переговоры\tЧат на сайте\tОльга Смирнова\tx', 'Новый\tЧат на сайте\tОля\t'];
  await dialog.getByRole('textbox', { name: 'Строки' }).fill(rows.join('\n'));
  await expect(dialog).toContainText('Не взяты столбцы: Заметка');
  const add = dialog.getByRole('button', { name: 'Добавить к таблице' });
  await expect(add).toBeDisabled();
  await choose(page, 'Строка 3, «Этап»: «Новый»', 'Первичный контакт');
  await choose(page, 'Строка 3, «Ответственный»: «Оля»', 'Оставить пустым');
  await add.click();
  await expect(page.getByText('Строка 3: если')).toBeVisible();
  await expect.poll(() => stagesOf(call, id)).toEqual([undefined, 'Переговоры', 'Первичный контакт']);

  await page.locator('[data-canvas]').focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText('Строка 2: если')).toBeHidden();
  await expect(page.getByText('Строка 1: если')).toBeVisible();
});

const at = (x: number): [number, number] => [x, 0];

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function stagesOf(call: Call, id: string): Promise<(string | undefined)[]> {
  const { graph } = await call<{ graph: { nodes: { id: string; settings: { rows?: { stage?: string }[] } }[] } }>(
    'GET',
    `/api/rule-sets/${id}/draft`,
  );
  return (graph.nodes.find((node) => node.id === 'route')?.settings.rows ?? []).map(({ stage }) => stage);
}

const cards = (page: Page) => page.locator('.react-flow__node');
const choices = (page: Page) => page.locator('main section button');

/** Presses Tab until what has the focus is named so; fails when it was not met in a round. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    const focused = page.locator(':focus');
    if ((await focused.count()) === 1 && (await focused.evaluate(nameOf)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to «${name}»`);
}

function nameOf(element: Element): string {
  const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : undefined;
  const text = element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent ?? '';
  return text.replace(/\s*\*$/, '').trim();
}
