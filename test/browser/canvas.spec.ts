import type { Page } from '@playwright/test';
import { addRuleSet, expect, selectStep, test, type TestGraph } from './desk.js';

/** A message is looked at for a word; both exits are free. */
const small: TestGraph = {
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'price', type: 'word-match', title: 'О цене?', settings: { patterns: 'цен*' }, position: [320, 0] },
    { id: 'answer', type: 'reply', title: 'Цены', settings: { text: 'Цены пришлём.' }, position: [640, 200] },
  ],
  edges: [{ from: 'in.next', to: 'price' }],
};

test('a rule set begins with a recipe or with nothing, and grows by search, mouse and keyboard', async ({ page, call }) => {
  void call;
  await page.goto('/rules');
  await page.getByRole('link', { name: 'Создать правила' }).click();
  await page.getByRole('button', { name: 'Начать с пустого' }).click();
  await page.getByLabel('Название').fill('Выросло на холсте');
  await page.getByRole('button', { name: 'Создать', exact: true }).click();
  await expect(cards(page)).toHaveCount(1);

  await cards(page).first().click();
  const search = page.getByRole('textbox', { name: 'Найти шаг' });
  await search.fill('есть слово');
  await search.press('Enter');
  await expect(cards(page)).toHaveCount(2);
  await expect(wires(page)).toHaveCount(1);

  await search.fill('автоот');
  await page.getByRole('button', { name: 'Автоответчик' }).click();
  await expect(cards(page)).toHaveCount(3);
  await expect(wires(page)).toHaveCount(2);

  await toCanvas(page);
  await page.keyboard.press('Tab');
  await page.getByRole('combobox', { name: 'Что должно произойти' }).fill('задача');
  await page.keyboard.press('Enter');
  await expect(cards(page)).toHaveCount(4);

  // Escape leads from a setting back to the canvas, where Tab asks for the next step.
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-field] :focus')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox', { name: 'Что должно произойти' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expectSaved(page);
  await page.reload();
  await expect(cards(page)).toHaveCount(4);
});

test('steps are wired by dragging, and by their list of exits with the keyboard alone', async ({ page, call }) => {
  await openGraph(page, await addRuleSet(call, 'Провода', small));
  await expect(wires(page)).toHaveCount(1);
  await card(page, 'price')
    .locator('.react-flow__handle[data-handleid=yes]')
    .dragTo(card(page, 'answer').locator('.react-flow__handle.target'));
  await expect(wires(page)).toHaveCount(2);

  await selectStep(page, card(page, 'price'));
  await page.keyboard.press('c');
  // The first exit has the focus; the second one is a Tab further.
  await page.keyboard.press('Tab');
  await page.keyboard.type('Цены');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(wires(page)).toHaveCount(3);
});

test('undo, redo, copy, paste and delete go by the place of the key, also on a Russian layout', async ({ page, call }) => {
  await openGraph(page, await addRuleSet(call, 'Клавиши', small));
  await selectStep(page, card(page, 'answer'));
  await page.keyboard.press('Delete');
  await expect(cards(page)).toHaveCount(2);

  await pressRussian(page, { code: 'KeyZ', key: 'я' });
  await expect(cards(page)).toHaveCount(3);
  await pressRussian(page, { code: 'KeyZ', key: 'Я', shiftKey: true });
  await expect(cards(page)).toHaveCount(2);
  await page.keyboard.press('Control+KeyZ');
  await expect(cards(page)).toHaveCount(3);

  await pressRussian(page, { code: 'KeyA', key: 'ф' });
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(3);
  await page.keyboard.press('Control+KeyC');
  await page.keyboard.press('Control+KeyV');
  await expect(cards(page)).toHaveCount(6);
  await expect(wires(page)).toHaveCount(2);
  await page.keyboard.press('Backspace');
  await expect(cards(page)).toHaveCount(3);

  await selectStep(page, card(page, 'answer'));
  await pressRussian(page, { code: 'KeyD', key: 'в' });
  await expect(cards(page)).toHaveCount(4);
});

test('a form changes what the card says, and letters typed into it are letters', async ({ page, call }) => {
  await openGraph(page, await addRuleSet(call, 'Форма', small));
  await selectStep(page, card(page, 'answer'));
  const text = page.getByRole('textbox', { name: 'Текст', exact: true });
  await text.fill('%NAME%, цены ');
  await text.press('Delete');
  await text.pressSequentially('cd');
  await expect(card(page, 'answer')).toContainText('%NAME%, цены cd');
  await expect(page.getByText('цены cd').last()).toContainText('Анна');
  await page.getByRole('textbox', { name: 'Название шага' }).fill('Прайс');
  await expect(card(page, 'answer')).toContainText('Прайс');
  await expectSaved(page);
});

test('hours are painted on the coming days, and a day is made a holiday', async ({ page, call }) => {
  const nodes = [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'night', type: 'time-window', settings: { from: '22:00', to: '08:00' } },
  ];
  const id = await addRuleSet(call, 'Часы на холсте', { nodes, edges: [{ from: 'in.next', to: 'night' }] });
  await page.goto(`/rules/${id}`);
  await selectStep(page, page.locator('.react-flow__node').filter({ hasText: 'Время' }));
  const strip = page.getByRole('region', { name: 'Часы на ближайшие дни' });
  const days = strip.getByRole('listitem');
  await expect(days).toHaveCount(7);
  await expect(days.nth(1)).toHaveAccessibleName(/: 00:00–08:00, 22:00–24:00$/);

  const bar = await days.nth(1).locator('[data-day]').boundingBox();
  if (!bar) throw new Error('the day has no bar');
  await page.mouse.move(bar.x + (bar.width * 9) / 24, bar.y + bar.height / 2);
  await page.mouse.down();
  await page.mouse.move(bar.x + (bar.width * 18) / 24, bar.y + bar.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(days.nth(3)).toHaveAccessibleName(/: 09:00–18:00$/);
  await expect(page.getByLabel('С', { exact: true })).toHaveValue('09:00');

  await days.nth(2).getByRole('button').press('Enter');
  await page.getByRole('menuitem', { name: /^Не работаем только/ }).press('Enter');
  await expect(days.nth(2)).toHaveAccessibleName(/: Не работаем: не наступает$/);
  await expect(days.nth(3)).toHaveAccessibleName(/: 09:00–18:00$/);
  await page.keyboard.press('Control+Z');
  await expect(days.nth(2)).toHaveAccessibleName(/: 09:00–18:00$/);
});

test('a problem leads to its step, and a graph with an error is not published', async ({ page, call }) => {
  const id = await addRuleSet(call, 'С ошибкой', { ...small, edges: [...small.edges, { from: 'price.yes', to: 'answer' }] });
  await openGraph(page, id);
  const words = page.getByRole('complementary', { name: 'Панель' }).getByRole('textbox', { name: 'Слова' });
  await selectStep(page, card(page, 'price'));
  await words.fill('ц*ен');
  await expectSaved(page);
  await toCanvas(page);
  await page.getByRole('button', { name: 'Опубликовать' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('1 ошибка мешает публикации');
  await expect(dialog.getByRole('button', { name: 'Опубликовать' })).toBeDisabled();

  await dialog.getByRole('button', { name: 'О цене?' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('.react-flow__node.selected')).toHaveAttribute('data-id', 'price');
  await expect(words).toBeFocused();
  await page.getByText('Замечания · 1').click();
  await page.getByRole('button', { name: 'звёздочка стоит внутри' }).click();
  await expect(words).toBeFocused();

  const refused = await page.request.post(`/api/rule-sets/${id}/publish`, {
    data: {},
    headers: { origin: process.env.BASE_URL ?? '', 'x-requested-with': 'razvilka' },
  });
  expect(refused.status()).toBe(422);
});

test('a draft that somebody else saved is not overwritten: take theirs, or keep one’s own as a copy', async ({ page, call, context }) => {
  const id = await addRuleSet(call, 'Вдвоём', small);
  await openGraph(page, id);
  const other = await context.newPage();
  await openGraph(other, id);
  const atOnce = async (mine: string, theirs: string) => {
    await page.route('**/draft', (route) => (route.request().method() === 'PUT' ? route.abort() : route.continue()));
    await rename(page, mine);
    await rename(other, theirs);
    await expectSaved(other);
    await page.unroute('**/draft');
  };
  const banner = page.getByRole('alert').filter({ hasText: 'меняет те же места черновика' });
  await atOnce('Моё имя', 'Чужое имя');
  await expect(banner).toBeVisible();
  await expect(page.getByRole('button', { name: 'Опубликовать' })).toBeDisabled();
  await banner.getByRole('button', { name: 'Взять сохранённый черновик' }).click();
  await expect(card(page, 'answer')).toContainText('Чужое имя');
  await expect(banner).toBeHidden();

  await atOnce('Снова моё', 'Снова чужое');
  await banner.getByRole('button', { name: 'Сохранить мой как копию' }).click();
  await expect(page.getByRole('heading', { name: 'Вдвоём (копия)' })).toBeVisible();
  await expect(card(page, 'answer')).toContainText('Снова моё');
  const { graph } = await call<{ graph: TestGraph }>('GET', `/api/rule-sets/${id}/draft`);
  expect(graph.nodes.find((node) => node.id === 'answer')?.title).toBe('Снова чужое');
});

test('a notice above the page takes its room from the canvas, whose foot stays in sight', async ({ page, call }) => {
  const id = await addRuleSet(call, 'Пока ничего не отправляется', small);
  await call('PATCH', '/api/account', { sendingStopped: true });
  await page.goto(`/rules/${id}`);
  await expect(page.getByRole('status').filter({ hasText: 'Отправка клиентам остановлена' })).toBeVisible();
  await expect(cards(page)).toHaveCount(3);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0);
  await call('PATCH', '/api/account', { sendingStopped: false });
});

test('a trial message lights its path with the reasons, and nothing is sent', async ({ page, call }) => {
  const id = await addRuleSet(call, 'Проба', { ...small, edges: [...small.edges, { from: 'price.yes', to: 'answer' }] });
  await openGraph(page, id);
  await page.getByRole('button', { name: 'Попробовать' }).click();
  const text = page.getByRole('textbox', { name: 'Сообщение' });
  await text.fill('Какие цены?');
  await text.press('Enter');
  await expect(page.getByRole('log')).toContainText('Цены пришлём.');
  await expect(page.locator('.react-flow__node [class*=taken]')).toHaveCount(3);
  await expect(card(page, 'price')).toContainText('нашлось слово „цены“ по правилу цен*');

  await text.fill('Добрый день');
  await text.press('Enter');
  await expect(page.locator('.react-flow__node [class*=taken]')).toHaveCount(2);
  await expect(card(page, 'answer').locator('[class*=dim]')).toBeVisible();

  const { items } = await call<{ items: { text: string }[] }>('GET', '/api/messages?limit=100');
  expect(items.filter((item) => item.text === 'Какие цены?')).toEqual([]);
});

async function openGraph(page: Page, id: string): Promise<void> {
  await page.goto(`/rules/${id}`);
  await expect(cards(page).first()).toBeVisible();
}

function cards(page: Page) {
  return page.locator('.react-flow__node');
}

function card(page: Page, id: string) {
  return page.locator(`.react-flow__node[data-id="${id}"]`);
}

function wires(page: Page) {
  return page.locator('.react-flow__edge');
}

/** Gives the canvas the focus, as a click beside the cards does. */
async function toCanvas(page: Page): Promise<void> {
  await page.locator('.react-flow__pane').click({ position: { x: 30, y: 30 } });
}

async function rename(page: Page, title: string): Promise<void> {
  await selectStep(page, card(page, 'answer'));
  await page.getByRole('textbox', { name: 'Название шага' }).fill(title);
}

async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: 'Сохранено' })).toBeVisible();
}

/** A key as a Russian layout gives it, with Ctrl: the place of the key and another letter. */
async function pressRussian(page: Page, press: { code: string; key: string; shiftKey?: boolean }): Promise<void> {
  await page.evaluate((press) => {
    const event = new KeyboardEvent('keydown', { ...press, ctrlKey: true, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
  }, press);
}
