import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { addRuleSet, type Call, chatUrl, expect, selectStep, test, type TestGraph } from './desk.js';

/** By night an answer; by day a question that waits, and a service that is asked when it was answered well. */
const graph: TestGraph = {
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    {
      id: 'sale',
      type: 'if',
      title: 'Цена на новой сделке?',
      settings: {
        when: {
          all: [
            { field: 'message.text', op: 'contains', value: 'цена' },
            { field: 'deal.stage', op: 'eq', value: 'Особый' },
          ],
        },
      },
      position: [320, 0],
    },
    { id: 'price', type: 'reply', title: 'Прайс', settings: { text: 'Пришлём прайс' }, position: [640, -160] },
    { id: 'night', type: 'time-window', title: 'Ночь?', settings: { from: '22:00', to: '08:00' }, position: [640, 120] },
    { id: 'sleep', type: 'reply', title: 'Ночной ответ', settings: { text: 'Ответим утром, %NAME%' }, position: [960, 40] },
    {
      id: 'ask',
      type: 'ask-score',
      title: 'Оценка',
      settings: { question: 'Как вам?', scale: '1-5', timeout: 'PT2H' },
      position: [960, 240],
    },
    {
      id: 'crm',
      type: 'http',
      title: 'Склад',
      settings: { url: 'https://example.org/?q=%TEXT%', timeout: 'PT10M' },
      position: [1280, 240],
    },
    { id: 'found', type: 'reply', title: 'Нашли', settings: { text: 'Есть на складе' }, position: [1600, 200] },
    { id: 'late', type: 'reply', title: 'Не дождались', settings: { text: 'Будем рады оценке' }, position: [1280, 420] },
  ],
  edges: [
    { from: 'in.next', to: 'sale' },
    { from: 'sale.yes', to: 'price' },
    { from: 'sale.no', to: 'night' },
    { from: 'night.inside', to: 'sleep' },
    { from: 'night.outside', to: 'ask' },
    { from: 'ask.promoter', to: 'crm' },
    { from: 'ask.timeout', to: 'late' },
    { from: 'crm.ok', to: 'found' },
  ],
};

test('the chat is a session: time, timers, waits, answers of services, the week, and why a step did not run', async ({ page, call }) => {
  const chat = await openChat(page, await addRuleSet(call, 'Проба во времени', graph));
  await setClock(page, '2026-03-04', '12:00');
  await say(page, 'какая цена?');
  await expect(chat).toContainText('Как вам?');
  await expect(chat).toContainText('04.03 12:00');

  // Time passes until the question is given up; the next message goes on from there.
  await page.getByRole('button', { name: 'К таймеру, 14:00' }).click();
  await expect(chat).toContainText('Будем рады оценке');
  await expect(chat.getByRole('button', { name: 'время вышло: «Оценка»' })).toHaveAttribute('aria-pressed', 'true');
  await expect(taken(page)).toHaveCount(2);

  await page.getByRole('button', { name: 'Начать сначала' }).click();
  await say(page, 'какая цена?');
  await say(page, '5');
  const answer = page.getByRole('form', { name: 'Ответ для шага «Склад»' });
  await answer.getByLabel('Тело ответа').fill('{"found": true}');
  await answer.getByRole('button', { name: 'Ответить' }).click();
  await expect(chat).toContainText('Есть на складе');
  await expect(answer).toBeHidden();
  await chat.getByRole('button', { name: 'Что видел шаг' }).last().click();
  await expect(chat).toContainText('{"status":200,"body":{"found":true}}');

  // The first message again: what kept it from the price list, and what would have led there.
  await chat.getByRole('button', { name: 'какая цена?' }).click();
  await selectStep(page, card(page, 'price'));
  const why = page.getByRole('region', { name: 'Почему шаг не сработал' });
  await expect(why).toContainText('«Цена на новой сделке?» вышел по «нет», а сюда ведёт «да»');
  await expect(why).toContainText('✗ этап равно «Особый». Сейчас: пусто');
  await why.getByRole('button', { name: 'Попробовать так' }).click();
  await expect(chat).toContainText('Пришлём прайс');

  // The whole week at a glance; an hour sets the clock.
  await page.getByRole('button', { name: 'Начать сначала' }).click();
  await page.getByRole('textbox', { name: 'Сообщение' }).fill('есть кто?');
  await page.getByRole('button', { name: 'Сообщение по часам недели' }).click();
  const week = page.getByRole('region', { name: 'Сообщение по часам недели' });
  await expect(week.getByRole('button')).toHaveCount(7 * 24);
  await expect(week).toContainText('Ответит «Ночной ответ» · Ночь? → в это время · 70 часов');
  await week.getByRole('button', { name: /^ср 23:00 · Ответит «Ночной ответ»/ }).click();
  await page.getByRole('textbox', { name: 'Сообщение' }).press('Enter');
  await expect(chat).toContainText('Ответим утром, Анна');
  await expect(chat).toContainText('23:00');
});

test('a chat becomes a test; tests run on each change, are edited, undone, and seen on the canvas', async ({ page, call }) => {
  const id = await addRuleSet(call, 'Проверки', graph);
  const chat = await openChat(page, id);
  await tab(page, 'Проверки').click();
  await expect(page.getByRole('region', { name: 'Проверки' })).toContainText('Проверок пока нет');
  await tab(page, 'Проба').click();
  await setClock(page, '2026-03-04', '23:10');
  await say(page, 'есть кто?');
  await expect(chat).toContainText('Ответим утром, Анна');
  await page.getByRole('button', { name: 'Сохранить как проверку' }).click();
  const dialog = page.getByRole('dialog', { name: 'Сохранить как проверку' });
  await dialog.getByLabel('Название проверки').fill('Ночью отвечаем');
  await expect(dialog.getByRole('checkbox', { name: 'Итог: Прошло' })).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: 'текст: Ответим утром, Анна' })).toBeChecked();
  await dialog.getByRole('checkbox', { name: 'Итог: Прошло' }).uncheck();
  await dialog.getByRole('button', { name: 'Сохранить проверку' }).click();

  const panel = page.getByRole('region', { name: 'Проверки' });
  await expect(panel).toContainText('Прошла 1 проверка');
  await expect(mark(page, 'sleep')).toHaveAttribute('data-test-mark', 'passed');
  await expectSaved(page);
  const { graph: saved } = await call<{ graph: { tests: { name: string; expect: unknown[] }[] } }>('GET', `/api/rule-sets/${id}/draft`);
  expect(saved.tests).toMatchObject([
    { name: 'Ночью отвечаем', expect: [{ effects: [{ type: 'send-message', text: 'Ответим утром, Анна' }] }] },
  ]);
  expect(saved.tests[0]?.expect[0]).not.toHaveProperty('status');

  // Another text: red at once, in the list and on the card, with both texts.
  await selectStep(page, card(page, 'sleep'));
  await tab(page, 'Шаг').click();
  await page.getByRole('textbox', { name: 'Текст', exact: true }).fill('До завтра');
  await expect(mark(page, 'sleep')).toHaveAttribute('data-test-mark', 'failed');
  await tab(page, /^Проверки · 1/).click();
  await expect(panel).toContainText('Не прошло 1 из 1');
  await expect(panel).toContainText('Ждали: «Ответим утром, Анна»');
  await expect(panel).toContainText('Вышло: «До завтра»');

  await menu(page, 'Ночью отвечаем', 'Изменить');
  const form = page.getByRole('dialog', { name: 'Изменить' });
  await form.getByRole('button', { name: 'Взять то, что вышло' }).click();
  await form.getByRole('button', { name: 'Сохранить', exact: true }).click();
  await expect(panel).toContainText('Прошла 1 проверка');

  await menu(page, 'Ночью отвечаем', 'Повторить');
  await menu(page, 'Ночью отвечаем 2', 'Переименовать');
  await panel.getByRole('textbox', { name: 'Название проверки' }).fill('Вторая');
  await panel.getByRole('textbox', { name: 'Название проверки' }).press('Enter');
  await expect(panel).toContainText('Прошли все 2 проверки');
  await menu(page, 'Вторая', 'Удалить');
  await expect(panel).toContainText('Прошла 1 проверка');
  await page.getByRole('button', { name: 'Отменить' }).click();
  await expect(panel).toContainText('Прошли все 2 проверки');

  await menu(page, 'Вторая', 'Открыть в пробе');
  await expect(chat).toContainText('До завтра');
  await expect(taken(page)).toHaveCount(4);

  // What the tests reach, as a layer with a legend and a list that leads to the gaps.
  await tab(page, 'Проверки').click();
  const coverage = page.getByRole('region', { name: 'Что пройдено' });
  await coverage.getByText('Проверками').click();
  await expect(page.getByRole('note', { name: 'Что значат цвета' })).toContainText('шагов 4 из 9 · выходов 4 из 15');
  await expect(card(page, 'price').locator('[class*=missed]')).toBeVisible();
  await expect(card(page, 'sleep').locator('[class*=reached]')).toBeVisible();
  await coverage.getByRole('button', { name: 'Ночь? → в другое время' }).click();
  await expect(page.locator('.react-flow__node.selected')).toHaveAttribute('data-id', 'night');
  await page.getByRole('button', { name: 'Слой поверх холста' }).click();
  await page.getByRole('menuitemradio', { name: 'Пройдено за 7 дней' }).click();
  await expect(page.getByRole('note', { name: 'Что значат цвета' })).toContainText('шагов 0 из 9');
});

test('a real message opens in the editor as it was, and becomes a test without a person in it', async ({ page, call }) => {
  const all: TestGraph = {
    nodes: [
      { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
      { id: 'about', type: 'word-match', settings: { patterns: 'договор*' }, position: [320, 0] },
      { id: 'ask', type: 'wait-reply', title: 'Ждём номер', settings: { timeout: 'P1D' }, position: [640, 0] },
      { id: 'thanks', type: 'add-note', title: 'Записали', settings: { text: '%NAME%: %TEXT%' }, position: [960, 0] },
    ],
    edges: [
      { from: 'in.next', to: 'about' },
      { from: 'about.yes', to: 'ask' },
      { from: 'ask.reply', to: 'thanks' },
    ],
  };
  const id = await addRuleSet(call, 'Договоры', all, true);
  const write = await visitor(call, 'Василий Петров');
  await write('Я Василий, нужен договор, почта vasya@mail.ru');
  await written(call, 'нужен договор');
  await write('мой номер +7 916 123-45-67');
  const message = await written(call, 'мой номер');
  await call('PUT', `/api/rule-sets/${id}/draft`, {
    graph: {
      format: 1,
      name: 'Договоры',
      ...all,
      nodes: all.nodes.map((node) => (node.id === 'thanks' ? { ...node, title: 'Черновик' } : node)),
    },
    revision: (await call<{ revision: number }>('GET', `/api/rule-sets/${id}/draft`)).revision,
  });

  await page.goto(`/messages?message=${message}`);
  const drawer = page.getByRole('dialog', { name: 'Сообщение' });
  const run = drawer.locator('div', { hasText: 'Договоры' }).last().locator('xpath=../../..');
  await run.getByRole('link', { name: 'Открыть в редакторе' }).click();
  const chat = page.getByRole('log', { name: 'Переписка для пробы' });
  await expect(chat).toContainText('Заметка: Василий Петров: мой номер +7 916 123-45-67');
  await expect(card(page, 'thanks')).toContainText('Черновик');
  await expect(taken(page)).toHaveCount(2);

  await page.goto(`/messages?message=${message}`);
  await run.getByRole('link', { name: 'Сделать проверкой' }).click();
  const dialog = page.getByRole('dialog', { name: 'Проверка из настоящего сообщения' });
  await expect(dialog).toContainText('Телефон: +7 916 123-45-67 → +7 000 000-00-01');
  await expect(dialog.getByRole('checkbox', { name: /Взять и 1 событие раньше/ })).toBeChecked();
  await expect(dialog.getByRole('list', { name: 'Что попадёт в проверку' })).toContainText(
    'Я Анна, нужен договор, почта client1@example.com',
  );
  await expect(dialog.getByText('не тем путём')).toBeHidden();
  await dialog.getByRole('checkbox', { name: /Взять и 1 событие раньше/ }).uncheck();
  await expect(dialog.getByText('не тем путём')).toBeVisible();
  await dialog.getByRole('checkbox', { name: /Взять и 1 событие раньше/ }).check();
  await dialog.getByLabel('Название проверки').fill('Номер после договора');
  await dialog.getByRole('button', { name: 'Сохранить проверку' }).click();
  await expect(page.getByRole('region', { name: 'Проверки' })).toContainText('Прошла 1 проверка');
  await expectSaved(page);
  const draft = JSON.stringify((await call<{ graph: unknown }>('GET', `/api/rule-sets/${id}/draft`)).graph);
  expect(draft).toContain('Анна Белова: мой номер +7 000 000-00-01');
  expect(draft).not.toMatch(/Васил|Петров|916 123|vasya/);
  await call('PATCH', `/api/rule-sets/${id}`, { enabled: false });
});

/** Opens a rule set with the chat beside it. */
async function openChat(page: Page, id: string) {
  await page.goto(`/rules/${id}`);
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  await page.getByRole('button', { name: 'Попробовать' }).click();
  return page.getByRole('log', { name: 'Переписка для пробы' });
}

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Сообщение' });
  const before = await page.getByRole('log').getByText(text, { exact: true }).count();
  await field.fill(text);
  await field.press('Enter');
  await expect(page.getByRole('log').getByText(text, { exact: true })).toHaveCount(before + 1);
  // What the rules make of it is known a moment later, and the next move goes on from that.
  await expect(page.getByRole('log').getByRole('button', { pressed: true })).toContainText(text);
}

/** Sets the clock of the chat among who, where and when. */
async function setClock(page: Page, date: string, time: string): Promise<void> {
  const options = page.getByRole('button', { name: 'Кто пишет и когда' });
  await options.click();
  await page.getByText('Своё', { exact: true }).click();
  await page.getByLabel('Дата').fill(date);
  await page.getByLabel('Время', { exact: true }).fill(time);
  await options.click();
  await expect(page.getByLabel('Дата')).toBeHidden();
}

function card(page: Page, id: string) {
  return page.locator(`.react-flow__node[data-id="${id}"]`);
}

/** Cards on the way of the run that is drawn. */
function taken(page: Page) {
  return page.locator('.react-flow__node [class*=taken]');
}

function mark(page: Page, id: string) {
  return card(page, id).locator('[data-test-mark]');
}

function tab(page: Page, name: string | RegExp) {
  return page.getByRole('complementary', { name: 'Панель' }).getByText(name, typeof name === 'string' ? { exact: true } : {});
}

async function menu(page: Page, test: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Действия с проверкой «${test}»` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: 'Сохранено' })).toBeVisible();
}

/** A visitor of the web chat, as which one may write several messages. */
async function visitor(call: Call, name: string): Promise<(text: string) => Promise<void>> {
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

/** The id of a message once the rules have seen it. */
async function written(call: Call, text: string): Promise<string> {
  let id = '';
  await expect
    .poll(async () => {
      const { items } = await call<{ items: { id: string; direction: string }[] }>('GET', `/api/messages?q=${encodeURIComponent(text)}`);
      id = items.find(({ direction }) => direction === 'in')?.id ?? '';
      return id;
    })
    .not.toBe('');
  return id;
}
