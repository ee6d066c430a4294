import type { Page } from '@playwright/test';
import { addRuleSet, expect, test } from './desk.js';

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
  await page.keyboard.type('вставить рецепт');
  await page.keyboard.press('Enter');
  await dialog.getByRole('searchbox').fill('закрывать молчащие');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Вставить', exact: true }).click();
  await expect(cards(page)).toHaveCount(8);
  await page.locator('[data-canvas]').focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(cards(page)).toHaveCount(4);
});

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
