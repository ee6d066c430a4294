import type { BrowserContext, Page } from '@playwright/test';
import { addRuleSet, expect, selectStep, test, type TestGraph } from './desk.js';

/** Three steps in a row, a fourth beside them, a note and a frame. */
const drawn: TestGraph & { notes: unknown[]; groups: unknown[] } = {
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'tag', type: 'add-tags', title: 'Метка', settings: { tags: 'новый' }, position: [320, 60] },
    { id: 'answer', type: 'reply', title: 'Ответ', settings: { text: 'Спасибо, ответим.' }, position: [640, 20] },
    { id: 'read', type: 'mark-read', title: 'Прочитано', settings: {}, position: [320, 300] },
  ],
  edges: [
    { from: 'in.next', to: 'tag' },
    { from: 'tag.next', to: 'answer' },
  ],
  notes: [{ id: 'n', text: 'Согласовано с Ольгой', position: [0, 240], color: 'blue' }],
  groups: [{ id: 'g', title: 'Конец', position: [600, -60], size: [320, 260] }],
};

test('several steps are aligned, spaced and tidied from the bar and by keys, each in one step of undo', async ({ page, call }) => {
  await openGraph(page, await addRuleSet(call, 'Порядок', drawn));
  await toCanvas(page);
  await page.keyboard.press('Control+KeyA');
  const bar = page.getByRole('toolbar', { name: 'Что сделать с выбранным' });
  await bar.getByRole('button', { name: 'Выровнять по верху' }).click();
  // The frame carries its step: it is aligned, the step keeps its place in it.
  await expect.poll(async () => (await placesOf(page)).map(([, y]) => y)).toEqual([-60, -60, 20, -60]);
  await page.keyboard.press('Control+KeyZ');
  await expect.poll(() => placesOf(page)).toEqual(drawn.nodes.map(({ position }) => position));

  await pressRussian(page, { code: 'KeyT', key: 'Е', altKey: true, shiftKey: true });
  await expect.poll(async () => (await placesOf(page))[1]).not.toEqual([320, 60]);
  const tidied = await placesOf(page);
  expect(tidied[0]?.[0]).toBeLessThan(tidied[1]?.[0] ?? 0);
  expect(tidied[1]?.[0]).toBeLessThan(tidied[2]?.[0] ?? 0);
  await page.keyboard.press('Control+KeyZ');
  await expect.poll(() => placesOf(page)).toEqual(drawn.nodes.map(({ position }) => position));
});

test('a step is dropped on a wire and taken out of it again, its neighbours joined', async ({ page, call }) => {
  const id = await addRuleSet(call, 'Вставка', drawn);
  await openGraph(page, id);
  const wire = await middleOf(page, wireOf(page, 'tag.next>answer'));
  const card = await middleOf(page, cardOf(page, 'read'));
  await page.mouse.move(card.x, card.y);
  await page.mouse.down();
  await page.mouse.move(card.x, card.y - 20, { steps: 4 });
  await page.mouse.move(wire.x, wire.y, { steps: 8 });
  // What a step has to say comes when it is let go.
  const title = page.getByRole('complementary', { name: 'Панель' }).getByLabel('Название шага');
  await expect(cardOf(page, 'read')).toHaveClass(/selected/);
  await expect(title).toBeHidden();
  await page.mouse.up();
  await expect(title).toBeVisible();
  await expect.poll(() => edgesOf(call, id)).toEqual(['in.next>tag', 'tag.next>read', 'read.next>answer']);

  await selectStep(page, cardOf(page, 'read'));
  await page.keyboard.press('Control+Delete');
  await expect.poll(() => edgesOf(call, id)).toEqual(['in.next>tag', 'tag.next>answer']);
  await expect(cardOf(page, 'read')).toBeHidden();
});

test('where exits lead to different steps, nothing is taken out and the reason is said; a wire is led elsewhere by its end', async ({
  page,
  call,
}) => {
  const fork: TestGraph = {
    nodes: [
      { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
      { id: 'ask', type: 'word-match', title: 'О цене?', settings: { patterns: 'цен*' }, position: [320, 0] },
      { id: 'yes', type: 'mark-read', settings: {}, position: [640, 0] },
      { id: 'no', type: 'no-reply-needed', settings: {}, position: [640, 200] },
    ],
    edges: [
      { from: 'in.next', to: 'ask' },
      { from: 'ask.yes', to: 'yes' },
      { from: 'ask.no', to: 'no' },
    ],
  };
  const id = await addRuleSet(call, 'Неясно', fork);
  await openGraph(page, id);
  await selectStep(page, cardOf(page, 'ask'));
  await page.keyboard.press('Control+Delete');
  await expect(page.getByRole('alert').filter({ hasText: 'О цене?' })).toContainText('неясно, какой из них продолжает путь');
  await expect(cardOf(page, 'ask')).toBeVisible();
  await page.getByRole('alert').getByRole('button', { name: 'Закрыть' }).click();

  // The panel of the selected step lies beside the canvas: without it all of the graph is in sight.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Показать всё' }).click();
  const end = await middleOf(page, page.locator('.react-flow__edge[data-id="ask.no>no"] .react-flow__edgeupdater-target'));
  const entry = await middleOf(page, cardOf(page, 'yes').locator('.react-flow__handle.target'));
  await page.mouse.move(end.x - 4, end.y);
  await page.mouse.down();
  await page.mouse.move(entry.x - 40, entry.y + 40, { steps: 5 });
  await page.mouse.move(entry.x, entry.y, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => edgesOf(call, id)).toEqual(['in.next>ask', 'ask.yes>yes', 'ask.no>yes']);
});

test('notes and frames are made, typed into, coloured, pulled larger, moved with what is inside, and undone', async ({ page, call }) => {
  const id = await addRuleSet(call, 'Записки', drawn);
  await openGraph(page, id);
  await toCanvas(page);
  await page.keyboard.press('Shift+KeyS');
  await page.keyboard.type('Проверить в понедельник');
  await page.keyboard.press('Escape');
  await page.getByRole('toolbar').getByRole('button', { name: 'Зелёный' }).click();
  await expect
    .poll(async () => (await thingsOf(call, id)).notes)
    .toContainEqual(expect.objectContaining({ text: 'Проверить в понедельник', color: 'green' }));

  const note = page.locator('.react-flow__node[data-id="note:n"]');
  await note.click();
  const corner = await middleOf(page, note.locator('.react-flow__resize-control.bottom.right'));
  await page.mouse.move(corner.x, corner.y);
  await page.mouse.down();
  await page.mouse.move(corner.x + 60, corner.y + 50, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await thingsOf(call, id)).notes[0]?.size?.[0]).toBeGreaterThan(240);

  const title = page.locator('.react-flow__node').getByText('Конец', { exact: true });
  const from = await middleOf(page, title);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 90, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => (await placesOf(page))[2]?.[1]).toBeGreaterThan(60);
  const moved = await draftOf(call, id, (graph) => graph.groups?.[0]?.position[1] !== -60);
  const [frame, step] = [moved.groups?.[0]?.position, moved.nodes[2]?.position];
  expect([(step?.[0] ?? 0) - (frame?.[0] ?? 0), (step?.[1] ?? 0) - (frame?.[1] ?? 0)]).toEqual([40, 80]);
  expect(moved.nodes[0]?.position).toEqual([0, 0]);

  await page.keyboard.press('Control+KeyZ');
  await draftOf(call, id, (graph) => graph.groups?.[0]?.position[1] === -60 && graph.nodes[2]?.position?.[1] === 20);
  await title.dblclick();
  await page.keyboard.press('Control+KeyA');
  await page.keyboard.type('Ответы');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await draftOf(call, id, (graph) => graph.groups === undefined && graph.nodes.length === 4);
});

test('a piece is copied as text into another rule set, by keys and through a chat; text that is no piece is refused', async ({
  page,
  context,
  call,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openGraph(page, await addRuleSet(call, 'Откуда', drawn));
  await toCanvas(page);
  await page.keyboard.press('Control+KeyA');
  await page.keyboard.press('Control+KeyC');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text.split('\n').filter((line) => line.includes('"type"'))).toHaveLength(4);

  const other = await addRuleSet(call, 'Куда', { nodes: [{ id: 'in', type: 'on-message', settings: {}, position: [0, 0] }] });
  await openGraph(page, other);
  await toCanvas(page);
  await page.keyboard.press('Control+KeyV');
  await draftOf(call, other, (graph) => graph.nodes.length === 5 && graph.notes?.length === 1 && graph.groups?.length === 1);

  await page.evaluate(() => navigator.clipboard.writeText('Здравствуйте, это не шаги'));
  await toCanvas(page);
  await page.keyboard.press('Control+KeyV');
  await expect(page.getByRole('alert').filter({ hasText: 'Вставить не получилось' })).toContainText('Это обычный текст, а не шаги');

  await runCommand(page, 'Вставить из текста');
  const dialog = page.getByRole('dialog', { name: 'Вставить из текста' });
  await dialog.getByRole('textbox').fill(text.replace('"settings"', '"setings"'));
  await dialog.getByRole('button', { name: 'Вставить' }).click();
  await expect(dialog).toContainText('nodes[0].setings');
  await dialog.getByRole('textbox').fill(`Вот мои шаги:\n${text}`);
  await dialog.getByRole('button', { name: 'Вставить' }).click();
  await draftOf(call, other, (graph) => graph.nodes.length === 9);
});

test('Ctrl+F lights what it finds and goes round it; the palette runs commands and leads to steps, here and in other rules', async ({
  page,
  call,
}) => {
  await addRuleSet(call, 'Дальняя ветка', {
    nodes: [{ id: 'far', type: 'reply', title: 'Далёкий шаг', settings: { text: 'Особое слово кашалот' }, position: [0, 0] }],
  });
  await openGraph(page, await addRuleSet(call, 'Поиски', drawn));
  await toCanvas(page);
  await pressRussian(page, { code: 'KeyF', key: 'а', ctrlKey: true });
  const field = page.getByRole('searchbox', { name: 'Найти в графе' }).or(page.getByRole('textbox', { name: 'Найти в графе' }));
  await field.fill('ответ');
  const search = page.getByRole('search');
  await expect(search).toContainText('1 из 1');
  await expect(cardOf(page, 'answer').locator('[class*=found]')).toBeVisible();
  await expect(cardOf(page, 'in').locator('[class*=dim]')).toBeVisible();
  await expect(cardOf(page, 'answer')).toHaveClass(/selected/);
  await field.fill('ольг');
  await expect(page.locator('.react-flow__node[data-id="note:n"]')).toHaveClass(/selected/);
  await field.press('Escape');
  await expect(search).toBeHidden();

  await page.keyboard.press('Control+KeyK');
  const palette = page.getByRole('combobox', { name: 'Что сделать или куда перейти' });
  await palette.fill('выбрать все');
  await palette.press('Enter');
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(6);
  await page.keyboard.press('Control+KeyK');
  await palette.fill('кашалот');
  await page.getByRole('option', { name: 'Далёкий шаг' }).click();
  await expect(page.getByRole('heading', { name: 'Дальняя ветка' })).toBeVisible();
  await expect(cardOf(page, 'far')).toHaveClass(/selected/);

  await page.goto('/rules');
  await page.getByRole('searchbox', { name: 'Найти в правилах' }).fill('КАШАЛОТ');
  await page.getByRole('link', { name: 'Далёкий шаг' }).click();
  await expect(cardOf(page, 'far')).toHaveClass(/selected/);
});

test('with the keyboard alone: from step to step, moved by the grid, renamed, put in a frame, switched off, removed', async ({
  page,
  call,
}) => {
  const id = await addRuleSet(call, 'Без мыши', drawn);
  await openGraph(page, id);
  await page.keyboard.press('n');
  await expect(cardOf(page, 'in')).toHaveClass(/selected/);
  await page.keyboard.press('n');
  await expect(cardOf(page, 'tag')).toHaveClass(/selected/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await draftOf(call, id, ({ nodes }) => nodes[1]?.position?.[0] === 340 && nodes[1].position[1] === 80);
  await page.keyboard.press('Control+KeyG');
  await page.keyboard.type('Мои метки');
  await page.keyboard.press('Enter');
  await draftOf(call, id, ({ groups }) => groups?.[1]?.title === 'Мои метки');
  await page.keyboard.press('n');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Выключить или включить шаг' }).press('Enter');
  await expect(page.locator('.react-flow__node [class*=off]')).toHaveCount(1);
  await page.keyboard.press('Shift+Slash');
  await expect(page.getByRole('dialog', { name: 'Клавиши' })).toContainText('Удалить и соединить соседние');
});

test('by touch: a long press opens the menu, and the button with a box picks several', async ({ browser, call, context }) => {
  const id = await addRuleSet(call, 'Планшет', drawn);
  const tablet = await onTablet(browser.newContext({ hasTouch: true, viewport: { width: 1180, height: 820 } }), context);
  const page = await tablet.newPage();
  await openGraph(page, id);
  const { x, y } = await middleOf(page, cardOf(page, 'tag'));
  await cardOf(page, 'tag').dispatchEvent('pointerdown', { pointerType: 'touch', isPrimary: true, clientX: x, clientY: y, bubbles: true });
  await page.getByRole('menuitem', { name: 'Повторить' }).tap();
  await draftOf(call, id, ({ nodes }) => nodes.length === 5);

  await page.getByRole('button', { name: 'Показать всё' }).tap();
  await page.getByRole('button', { name: 'Выбирать несколько' }).tap();
  await cardOf(page, 'in').tap();
  await cardOf(page, 'read').tap();
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(3);
  await page.getByRole('toolbar').getByRole('button', { name: 'Удалить' }).tap();
  await draftOf(call, id, ({ nodes }) => nodes.length === 2);
  await page.getByRole('button', { name: 'Выбирать несколько' }).tap();

  // A wire that the finger lets go over free ground asks where it should lead.
  const from = await middleOf(page, cardOf(page, 'answer').locator('.react-flow__handle.source'));
  const touch = await tablet.newCDPSession(page);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
  for (const y of [40, 80, 120])
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: from.x, y: from.y + y }] });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.getByRole('combobox', { name: 'Что должно произойти' }).fill('задача');
  await page.keyboard.press('Enter');
  await draftOf(call, id, ({ nodes, edges }) => nodes.length === 3 && edges.some((edge) => edge.from === 'answer.next'));
  await tablet.close();
});

interface Draft extends TestGraph {
  notes?: { text: string; size?: [number, number] }[];
  groups?: { title: string; position: [number, number] }[];
}

type Call = <T>(method: 'GET', path: string) => Promise<T>;

async function openGraph(page: Page, id: string): Promise<void> {
  await page.goto(`/rules/${id}`);
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
}

function cardOf(page: Page, id: string) {
  return page.locator(`.react-flow__node[data-id="${id}"]`);
}

function wireOf(page: Page, id: string) {
  return page.locator(`.react-flow__edge[data-id="${id}"] path`).first();
}

/** Gives the canvas the focus, as a click beside the cards does. */
async function toCanvas(page: Page): Promise<void> {
  await page.locator('.react-flow__pane').click({ position: { x: 30, y: 30 } });
}

async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+KeyK');
  const field = page.getByRole('combobox', { name: 'Что сделать или куда перейти' });
  await field.fill(name);
  await field.press('Enter');
}

/** Where the steps are drawn, in the order of the test's graph. */
async function placesOf(page: Page): Promise<(readonly [number, number])[]> {
  const places = await Promise.all(
    drawn.nodes.map(({ id }) => cardOf(page, id).evaluate((card) => card.style.transform.match(/-?[\d.]+/g)?.map(Number))),
  );
  return places.map((place) => [place?.[0] ?? Number.NaN, place?.[1] ?? Number.NaN] as const);
}

async function middleOf(page: Page, of: ReturnType<typeof cardOf>): Promise<{ x: number; y: number }> {
  const box = await of.boundingBox();
  if (!box) throw new Error(`nothing to point at on ${page.url()}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The saved draft, once it is as expected. */
async function draftOf(call: Call, id: string, isExpected: (graph: Draft) => boolean): Promise<Draft> {
  const read = async () => (await call<{ graph: Draft }>('GET', `/api/rule-sets/${id}/draft`)).graph;
  await expect.poll(async () => isExpected(await read())).toBe(true);
  return read();
}

async function edgesOf(call: Call, id: string): Promise<string[]> {
  const { edges } = await draftOf(call, id, () => true);
  return edges.map(({ from, to }) => `${from}>${to}`);
}

async function thingsOf(call: Call, id: string): Promise<Required<Pick<Draft, 'notes' | 'groups'>>> {
  const { notes = [], groups = [] } = await draftOf(call, id, () => true);
  return { notes, groups };
}

/** A tablet on which the same person is signed in. */
async function onTablet(opened: Promise<BrowserContext>, signedIn: BrowserContext): Promise<BrowserContext> {
  const tablet = await opened;
  await tablet.addCookies(await signedIn.cookies());
  return tablet;
}

interface RussianKey {
  code: string;
  key: string;
  ctrlKey?: boolean;
  altKey?: boolean;
  shiftKey?: boolean;
}

/** A key as a Russian layout gives it: the place of the key and another letter. */
async function pressRussian(page: Page, press: RussianKey): Promise<void> {
  await page.evaluate((init) => {
    const event = new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
  }, press);
}
